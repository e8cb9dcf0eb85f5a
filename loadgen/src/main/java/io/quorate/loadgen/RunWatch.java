package io.quorate.loadgen;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for runs of a load, shows how far they are, and sees when one cannot come to its end. */
final class RunWatch {
  private static final long POLL_MILLIS = 20;

  /** Ctrl-C on a terminal ends our nodes too, and may be seen there first. */
  private static final Duration STOP_GRACE = Duration.ofMillis(300);

  private final StopSignal stop;
  private final ProgressLine progress;
  private final Supplier<@Nullable String> clusterEnd;
  private final Duration silenceLimit;

  /**
   * @param clusterEnd why the cluster cannot go on, or null
   * @param silenceLimit so long without one request answered, while requests wait for an answer, is
   *     taken for the end of the cluster
   */
  RunWatch(
      StopSignal stop,
      ProgressLine progress,
      Supplier<@Nullable String> clusterEnd,
      Duration silenceLimit) {
    this.stop = stop;
    this.progress = progress;
    this.clusterEnd = clusterEnd;
    this.silenceLimit = silenceLimit;
  }

  /**
   * Waits for a run.
   *
   * @param line what to show after so many seconds
   * @param enough asked again and again; once it is true, {@code end} is called
   * @return why the run does not come to its end, or null where it did
   */
  @Nullable String await(
      CompletableFuture<RunEnd> run,
      PassRecording recording,
      String label,
      Function<Double, String> line,
      BooleanSupplier enough,
      Runnable end) {
    long startNanos = System.nanoTime();
    Silence silence = new Silence(recording, startNanos);
    boolean ending = false;
    while (!isDone(run)) {
      long nowNanos = System.nanoTime();
      String cutShort = cutShort();
      if (cutShort != null) {
        return cutShort;
      }
      if (silence.lasted(nowNanos) > silenceLimit.toNanos()) {
        return label + ": no request was answered for " + silenceLimit.toSeconds() + " s";
      }
      if (!ending && enough.getAsBoolean()) {
        ending = true;
        end.run();
      }
      progress.update(() -> line.apply((nowNanos - startNanos) / 1e9));
    }
    return run.join().cutShort();
  }

  /** Why nothing can go on, or null. */
  @Nullable String cutShort() {
    String clusterEnded = clusterEnd.get();
    if (stop.isRequested() || (clusterEnded != null && stop.await(STOP_GRACE))) {
      return StopSignal.STOPPED;
    }
    return clusterEnded;
  }

  private static boolean isDone(CompletableFuture<RunEnd> run) {
    try {
      run.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (InterruptedException | ExecutionException bug) {
      throw new IllegalStateException(bug);
    }
  }
}
