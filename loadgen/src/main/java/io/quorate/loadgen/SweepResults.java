package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The results of a sweep so far: of each load, lag, quorum and operation, all rounds together. */
final class SweepResults {
  private record Key(Sweep.Load load, Sweep.Lag lag, int quorum, Sweep.Operation operation) {}

  private final SweepSettings settings;
  private final Map<Key, Merged> merged = new LinkedHashMap<>();

  SweepResults(SweepSettings settings) {
    this.settings = settings;
  }

  /** Takes a pass, and returns what it belongs to: for each of its operations one. */
  List<Merged> add(PassOutcome outcome) {
    List<Merged> changed = new ArrayList<>();
    for (Sweep.Operation operation : Sweep.Operation.values()) {
      Recording recording =
          switch (operation) {
            case WRITE -> outcome.recording().writes();
            case READ -> outcome.recording().reads();
          };
      if (recording.ended() > 0) {
        Pass pass = outcome.pass();
        Key key = new Key(pass.load(), pass.lag(), pass.quorum(), operation);
        Merged into = merged.computeIfAbsent(key, first -> new Merged(pass, operation));
        into.add(outcome, recording);
        changed.add(into);
      }
    }
    return changed;
  }

  /** As the schema has them, in the order in which they were first measured. */
  List<Sweep.Result> results() {
    return merged.values().stream().map(each -> each.result(settings)).toList();
  }

  /** One result, merged of the rounds so far. */
  static final class Merged {
    private final Pass pass;
    private final Sweep.Operation operation;
    private final Histogram total = new Histogram(Recording.SIGNIFICANT_DIGITS);
    private final Histogram late = new Histogram(Recording.SIGNIFICANT_DIGITS);
    private final List<Figures> rounds = new ArrayList<>();
    private @Nullable Histogram lastRound;
    private long errors;
    private double seconds;
    private boolean rateReached = true;
    private boolean complete = true;
    private int passes;

    private Merged(Pass pass, Sweep.Operation operation) {
      this.pass = pass;
      this.operation = operation;
    }

    private void add(PassOutcome outcome, Recording recording) {
      Histogram round = recording.histogram();
      lastRound = round;
      total.add(round);
      late.add(outcome.recording().late().histogram());
      if (round.getTotalCount() > 0) {
        rounds.add(Figures.of(round));
      }
      errors += recording.failed();
      seconds += outcome.seconds();
      rateReached &= !Boolean.FALSE.equals(outcome.rateReached());
      complete &= outcome.isComplete();
      passes++;
    }

    /** Latencies of all rounds, nanoseconds. */
    Histogram total() {
      return total;
    }

    /** Latencies of the round added last, nanoseconds. */
    Histogram lastRound() {
      return lastRound == null ? total : lastRound;
    }

    /** Names its files and its lines in the log: no comma, no space. */
    String name() {
      return pass.name() + "-" + Pass.word(operation);
    }

    private Sweep.Result result(SweepSettings settings) {
      boolean open = pass.isOpen();
      return new Sweep.Result(
          pass.load(),
          pass.mode(),
          pass.load() == Sweep.Load.LIGHT ? 1 : settings.connections(),
          open ? settings.rate() : null,
          pass.lag(),
          pass.quorum(),
          operation,
          total.getTotalCount(),
          errors,
          seconds,
          open ? rateReached : null,
          open
              ? new Sweep.Late(late.getValueAtPercentile(99) / 1e3, late.getMaxValue() / 1e3)
              : null,
          Figures.latency(total, rounds),
          Figures.spectrum(total),
          passes,
          complete && passes == settings.rounds(),
          SweepDirectory.histogramFile(name()),
          name());
    }
  }
}
