package io.quorate.charts;

import java.util.ArrayList;
import java.util.List;

/** Every picture that a sweep has the figures for, in the order of the page. */
final class Pictures {
  private Pictures() {}

  static List<Picture> of(Sweep sweep) {
    Style.prepare();
    List<Picture> pictures = new ArrayList<>();
    for (Sweep.Load load : Sweep.Load.values()) {
      List<Sweep.Result> writes = measured(sweep, load, Sweep.Operation.WRITE);
      List<Sweep.Result> reads = measured(sweep, load, Sweep.Operation.READ);
      if (!writes.isEmpty()) {
        pictures.add(QuorumPictures.latency(sweep, writes));
        addPredicted(pictures, sweep, writes);
        pictures.add(DistributionPictures.spectrum(sweep, writes));
      }
      if (!reads.isEmpty()) {
        pictures.add(QuorumPictures.latency(sweep, reads));
        pictures.add(DistributionPictures.spectrum(sweep, reads));
      }
      if (!writes.isEmpty() || !reads.isEmpty()) {
        Sweep.Result first = writes.isEmpty() ? reads.get(0) : writes.get(0);
        pictures.add(ThroughputPictures.throughput(sweep, first));
      }
    }
    if (sweep.completions().stream().anyMatch(completions -> completions.writes() > 0)) {
      pictures.add(CompletionPicture.of(sweep));
    }
    return pictures;
  }

  private static void addPredicted(List<Picture> pictures, Sweep sweep, List<Sweep.Result> writes) {
    Sweep.Result first = writes.get(0);
    List<Residual> residuals =
        Residual.of(sweep).stream().filter(one -> one.load() == first.load()).toList();
    if (!residuals.isEmpty()) {
      pictures.add(DistributionPictures.distribution(sweep, writes));
      pictures.add(QuorumPictures.residuals(sweep, first, residuals));
    }
  }

  /**
   * The results with lag of one load, or, where a sweep has none, those without; none at all when
   * no request of them was answered.
   */
  static List<Sweep.Result> measured(Sweep sweep, Sweep.Load load, Sweep.Operation operation) {
    for (Sweep.Lag lag : Sweep.Lag.values()) {
      List<Sweep.Result> results = sweep.of(load, lag, operation);
      if (results.stream().anyMatch(result -> result.latency() != null)) {
        return results;
      }
    }
    return List.of();
  }
}
