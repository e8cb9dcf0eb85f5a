package io.quorate.charts;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sweep as one table by RFC 4180: a header, then one line a result. The columns are described
 * in {@code charts/README.md}.
 */
final class SummaryCsv {
  private SummaryCsv() {}

  static String of(Sweep sweep) {
    StringBuilder csv = new StringBuilder(line(header()));
    List<Residual> residuals = Residual.of(sweep);
    for (Sweep.Result result : sweep.results()) {
      Map<Statistic, Residual> own = new EnumMap<>(Statistic.class);
      if (Residual.prediction(sweep, result) != null) {
        residuals.stream()
            .filter(one -> one.load() == result.load() && one.quorum() == result.quorum())
            .forEach(one -> own.put(one.statistic(), one));
      }
      csv.append(line(values(result, own)));
    }
    return csv.toString();
  }

  private static List<String> header() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "load",
                "mode",
                "connections",
                "rate_asked",
                "lag",
                "quorum",
                "operation",
                "count",
                "errors",
                "seconds",
                "per_second",
                "rate_reached",
                "late_p99_us",
                "late_max_us"));
    for (Statistic statistic : Statistic.values()) {
      String name = Words.of(statistic);
      header.addAll(List.of(name + "_us", name + "_beyond", name + "_low_us", name + "_high_us"));
    }
    for (Statistic statistic : Statistic.PREDICTED) {
      String name = Words.of(statistic);
      header.add(name + "_predicted_us");
      header.add(name + "_residual_us");
      header.add(name + "_beyond_baseline_us");
    }
    header.addAll(List.of("rounds", "complete", "histogram_file", "hlog_tag"));
    return header;
  }

  private static List<String> values(Sweep.Result result, Map<Statistic, Residual> residuals) {
    List<String> values = new ArrayList<>();
    values.add(Words.of(result.load()));
    values.add(Words.of(result.mode()));
    values.add(String.valueOf(result.connections()));
    values.add(number(result.rateAsked()));
    values.add(Words.of(result.lag()));
    values.add(String.valueOf(result.quorum()));
    values.add(Words.of(result.operation()));
    values.add(String.valueOf(result.count()));
    values.add(String.valueOf(result.errors()));
    values.add(number(result.seconds()));
    values.add(number(result.perSecond()));
    values.add(result.rateReached() == null ? "" : String.valueOf(result.rateReached()));
    Sweep.Late late = result.late();
    values.add(late == null ? "" : number(late.p99()));
    values.add(late == null ? "" : number(late.max()));
    Sweep.Latency latency = result.latency();
    for (Statistic statistic : Statistic.values()) {
      Sweep.Figure figure = latency == null ? null : latency.of(statistic);
      values.add(figure == null ? "" : number(figure.us()));
      values.add(figure == null ? "" : String.valueOf(figure.beyond()));
      values.add(figure == null ? "" : number(figure.low()));
      values.add(figure == null ? "" : number(figure.high()));
    }
    for (Statistic statistic : Statistic.PREDICTED) {
      Residual residual = residuals.get(statistic);
      values.add(residual == null ? "" : number(residual.predicted()));
      values.add(residual == null ? "" : number(residual.raw()));
      values.add(residual == null ? "" : number(residual.beyondBaseline()));
    }
    values.add(String.valueOf(result.rounds()));
    values.add(String.valueOf(result.complete()));
    values.add(result.histogramFile());
    values.add(result.hlogTag());
    return values;
  }

  private static String number(@Nullable Double number) {
    return number == null ? "" : Numbers.plain(number);
  }

  private static String line(List<String> values) {
    return values.stream().map(SummaryCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String value) {
    boolean plain = value.chars().noneMatch(one -> ",\"\r\n".indexOf(one) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
