package io.quorate.bench;

import io.quorate.loadgen.JsonObject;
import io.quorate.loadgen.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What JMH writes with {@code -rf json -prof gc}: an array, an object a benchmark. */
final class JmhReport {
  /** Bytes allocated per operation. */
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private JmhReport() {}

  /**
   * Bytes that one operation of a benchmark allocates, in each of its iterations.
   *
   * @param benchmark its class and method
   * @throws Refusal when the report is none, or does not tell that
   */
  static Samples bytesPerOperation(String json, String benchmark) throws Refusal {
    JsonObject whole =
        JsonObject.read(("{\"benchmarks\":" + json + "}").getBytes(StandardCharsets.UTF_8));
    List<JsonObject> benchmarks = whole == null ? null : whole.objects("benchmarks");
    if (benchmarks == null) {
      throw Printed.unreadable("JMH", "array of benchmarks", json);
    }
    List<Double> bytes =
        benchmarks.stream()
            .filter(each -> benchmark.equals(each.text("benchmark")))
            .map(JmhReport::allocated)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    if (bytes == null) {
      throw Printed.unreadable("JMH", ALLOCATED + " of " + benchmark, json);
    }
    return new Samples(bytes);
  }

  private static @Nullable List<Double> allocated(JsonObject benchmark) {
    JsonObject metrics = benchmark.object("secondaryMetrics");
    JsonObject metric = metrics == null ? null : metrics.object(ALLOCATED);
    List<Double> raw = metric == null ? List.of() : metric.decimals("rawData");
    return raw.isEmpty() ? null : raw;
  }
}
