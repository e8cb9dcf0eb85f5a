package io.quorate.charts;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A result like another, but for what is set. */
final class Draft {
  private final Sweep.Result like;
  int connections;
  @Nullable Double rateAsked;
  int quorum;
  Sweep.Lag lag;
  Sweep.Operation operation;
  long count;
  long errors;
  double seconds;
  @Nullable Boolean rateReached;
  Sweep.@Nullable Latency latency;
  List<Sweep.Point> spectrum;
  int rounds;
  boolean complete;
  String tag;

  Draft(Sweep.Result like) {
    this.like = like;
    connections = like.connections();
    rateAsked = like.rateAsked();
    quorum = like.quorum();
    lag = like.lag();
    operation = like.operation();
    count = like.count();
    errors = like.errors();
    seconds = like.seconds();
    rateReached = like.rateReached();
    latency = like.latency();
    spectrum = like.spectrum();
    rounds = like.rounds();
    complete = like.complete();
    tag = like.hlogTag();
  }

  /** Puts another figure in place of each. */
  Draft figures(UnaryOperator<Sweep.Figure> change) {
    Sweep.Latency old = latency;
    if (old != null) {
      latency =
          new Sweep.Latency(
              change.apply(old.mean()),
              change.apply(old.p50()),
              change.apply(old.p90()),
              change.apply(old.p99()),
              change.apply(old.p999()),
              change.apply(old.max()));
    }
    return this;
  }

  Sweep.Result result() {
    return new Sweep.Result(
        like.load(),
        like.mode(),
        connections,
        rateAsked,
        lag,
        quorum,
        operation,
        count,
        errors,
        seconds,
        rateReached,
        like.late(),
        latency,
        spectrum,
        rounds,
        complete,
        tag + ".hgrm",
        tag);
  }
}
