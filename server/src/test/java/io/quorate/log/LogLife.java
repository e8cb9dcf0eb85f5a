package io.quorate.log;

import io.quorate.core.Journal;
import io.quorate.core.StateHead;
import io.quorate.log.LogPromiseBroken.Promise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One start of a log to its end, with the state that its node would have. */
final class LogLife implements Log.Listener {

  private record Written(long atNanos, long position) {}

  final Log log;
  final StateModel state = new StateModel();
  private final Deque<Written> written = new ArrayDeque<>();
  private @Nullable Recovered recovered;
  private @Nullable SnapshotRun run;
  private long runEnd;
  @Nullable IOException failed;
  long settled;

  /** Through which the last grant or reign was told. */
  private long promised;

  /** How much was forced before the last force that did something. */
  long forcedBeforeLast;

  /** What a complete snapshot and the log make together is at least this. */
  long snapshotThrough;

  LogLife(DataDirectory directory, LogSettings settings, LongSupplier nanoTime) {
    this.log = new Log(directory, settings, nanoTime, this);
  }

  StateModel replay() throws CorruptionException, IOException {
    recovered = log.replay(state);
    settled = log.position();
    return state;
  }

  Recovered recovered() {
    if (recovered == null) {
      throw new IllegalStateException();
    }
    return recovered;
  }

  void tell(History history, Consumer<Journal> call) {
    StateHead before = state.stateHead();
    call.accept(log);
    call.accept(state);
    history.add(log.position(), call);
    StateHead now = state.stateHead();
    if (!now.granted().equals(before.granted()) || !now.reign().equals(before.reign())) {
      promised = log.position();
    }
  }

  /** Other nodes count on all through it; it outlives the machine under every policy. */
  long promised() {
    return settled >= promised ? promised : 0;
  }

  void drain() {
    long forced = log.counts().forced();
    log.drain();
    noteForce(forced);
  }

  void close() throws IOException {
    long forced = log.counts().forced();
    log.close();
    noteForce(forced);
  }

  private void noteForce(long before) {
    if (log.counts().forced() > before) {
      forcedBeforeLast = before;
    }
  }

  /** Begins a snapshot when one is due, or goes on with it. */
  void snapshot(LogTally tally) {
    if (run == null) {
      if (log.snapshotDue() && !state.isInstalling()) {
        run = log.beginSnapshot(state.stateHead(), state.walk());
        tally.count("snapshots begun");
      }
      return;
    }
    switch (run.step()) {
      case MORE -> {}
      case WAITS_FOR_TELLER -> {
        run.told();
        runEnd = log.position();
      }
      case WAITS_FOR_LOG -> drain();
      case DONE -> {
        tally.count("snapshots done");
        snapshotThrough = runEnd;
        run = null;
      }
      case GIVEN_UP -> {
        tally.count("snapshots given up");
        run = null;
      }
    }
  }

  /** Notes what is settled at a time. */
  void written(long nowNanos) {
    if (written.isEmpty() || written.getLast().position() < settled) {
      written.addLast(new Written(nowNanos, settled));
    }
  }

  /** What was settled at the time. */
  long interval(long nanos) {
    return written.stream()
        .filter(one -> one.atNanos() <= nanos)
        .mapToLong(Written::position)
        .max()
        .orElse(0);
  }

  @Override
  public void settled(long position) {
    LogPromiseBroken.check(failed == null, Promise.FAILURE_IS_FINAL, "settled after a failure");
    LogPromiseBroken.check(
        position > settled && position <= log.position(),
        Promise.FAILURE_IS_FINAL,
        "settled " + position);
    settled = position;
  }

  @Override
  public void failed(IOException cause) {
    LogPromiseBroken.check(failed == null, Promise.FAILURE_IS_FINAL, "failed twice");
    failed = cause;
  }
}
