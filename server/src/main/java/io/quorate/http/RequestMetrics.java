package io.quorate.http;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.quorate.http.Families.Sample;
import io.quorate.http.Families.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The metrics of what a server answered, of either role, since its process began. */
final class RequestMetrics {

  private RequestMetrics() {}

  static List<MetricSnapshot> of(HttpCounts counts) {
    Families families = new Families();
    families.counter(
        "quorate_writes",
        "PUT and DELETE of keys, by what the client was told became of it.",
        byOutcome(counts, Asked.WRITE, Ending::ofWrite));
    families.counter(
        "quorate_reads",
        "GET and HEAD of keys, by what the client was told.",
        byOutcome(counts, Asked.READ, Ending::ofRead));
    families.counter(
        "quorate_refusals", "Requests refused, by what they asked for and why.", refusals(counts));
    families.histogram(
        "quorate_write_duration_seconds",
        "From taking up a write that got a version to its answer, by quorum.",
        counts.writes().entrySet().stream()
            .map(of -> new Timed(of.getValue(), Labels.of("w", Integer.toString(of.getKey()))))
            .toList());
    families.gauge(
        "quorate_connections",
        "Connections open, those of other nodes included.",
        counts.connections.get());
    families.counter(
        "quorate_connections_refused",
        "Connections refused beyond MAX_CONNECTIONS.",
        List.of(Sample.of(counts.refusedConnections.sum())));
    return families.all();
  }

  private static List<Sample> byOutcome(
      HttpCounts counts, Asked asked, Function<Ending, String> outcome) {
    Map<String, Long> byOutcome = new TreeMap<>();
    for (Ending ending : Ending.values()) {
      byOutcome.merge(outcome.apply(ending), counts.answers(asked, ending), Long::sum);
    }
    return byOutcome.entrySet().stream()
        .map(of -> Sample.of(of.getValue(), "outcome", of.getKey()))
        .toList();
  }

  private static List<Sample> refusals(HttpCounts counts) {
    List<Sample> samples = new ArrayList<>();
    for (Asked asked : Asked.values()) {
      for (Ending ending : Ending.values()) {
        if (ending.isRefusal()) {
          samples.add(
              Sample.of(
                  counts.answers(asked, ending), "request", asked.word(), "reason", ending.word()));
        }
      }
    }
    return samples;
  }
}
