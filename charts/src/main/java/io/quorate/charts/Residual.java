package io.quorate.charts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measured minus predicted at one figure of one result: what the software, the machine and the
 * queueing cost. Microseconds; below 0 where the measured is the lower.
 *
 * @param figure what was measured
 * @param few whether the measured figure has too few samples beyond it to be a fact
 * @param spreadFew whether the rounds' own figures have too few, see {@link
 *     Sweep.Result#isSpreadFew}
 * @param baseline the same figure of the same load at zero lag; null where that was not measured,
 *     was cut short or missed its rate
 */
record Residual(
    Sweep.Load load,
    int quorum,
    Statistic statistic,
    double predicted,
    Sweep.Figure figure,
    boolean few,
    boolean spreadFew,
    @Nullable Double baseline) {

  double measured() {
    return figure.us();
  }

  /** The residual of the round that was the lowest; null with one round. */
  @Nullable Double low() {
    Double low = figure.low();
    return low == null ? null : Double.valueOf(low - predicted);
  }

  /** The residual of the round that was the highest; null with one round. */
  @Nullable Double high() {
    Double high = figure.high();
    return high == null ? null : Double.valueOf(high - predicted);
  }

  /** What is not the injected delay. */
  double raw() {
    return measured() - predicted;
  }

  /** What is neither the injected delay nor there at zero lag; null without a baseline. */
  @Nullable Double beyondBaseline() {
    return baseline == null ? null : raw() - baseline;
  }

  /**
   * The residuals of every result that has a prediction, in the order of load, quorum and figure. A
   * loaded pass has none, nor has a read, a pass without lag, a quorum of 0, a pass that was cut
   * short, or an open loop that missed its rate.
   */
  static List<Residual> of(Sweep sweep) {
    List<Residual> residuals = new ArrayList<>();
    for (Sweep.Load load : List.of(Sweep.Load.LIGHT, Sweep.Load.OPEN)) {
      Map<Integer, Sweep.Latency> baselines = new HashMap<>();
      for (Sweep.Result result : sweep.of(load, Sweep.Lag.NONE, Sweep.Operation.WRITE)) {
        if (result.latency() != null && keptItsLoad(result)) {
          baselines.put(result.quorum(), result.latency());
        }
      }
      for (Sweep.Result result : sweep.of(load, Sweep.Lag.INJECTED, Sweep.Operation.WRITE)) {
        Prediction prediction = prediction(sweep, result);
        Sweep.Latency latency = result.latency();
        if (prediction != null && latency != null) {
          Sweep.Latency baseline = baselines.get(result.quorum());
          for (Statistic statistic : Statistic.PREDICTED) {
            residuals.add(
                new Residual(
                    load,
                    result.quorum(),
                    statistic,
                    prediction.at(statistic),
                    latency.of(statistic),
                    latency.isFew(statistic),
                    result.isSpreadFew(statistic),
                    baseline == null ? null : baseline.of(statistic).us()));
          }
        }
      }
    }
    return residuals;
  }

  /** The prediction that the result may be held against, or null where it may not be. */
  static @Nullable Prediction prediction(Sweep sweep, Sweep.Result result) {
    return isOfPredictedKind(result) && keptItsLoad(result)
        ? new Prediction(
            result.quorum(),
            sweep.settings().followers(),
            sweep.settings().minDelayMs() * 1000,
            sweep.settings().maxDelayMs() * 1000)
        : null;
  }

  /** Whether it would have a prediction, had it not been cut short or missed its rate. */
  static boolean isLeftOut(Sweep.Result result) {
    return isOfPredictedKind(result) && !keptItsLoad(result);
  }

  private static boolean isOfPredictedKind(Sweep.Result result) {
    return result.load() != Sweep.Load.LOADED
        && result.lag() == Sweep.Lag.INJECTED
        && result.operation() == Sweep.Operation.WRITE
        && result.quorum() > 0;
  }

  private static boolean keptItsLoad(Sweep.Result result) {
    return result.complete() && !Boolean.FALSE.equals(result.rateReached());
  }
}
