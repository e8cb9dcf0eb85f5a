package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.loadgen.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final Run RUN =
      new Run(
          "./quorate bench --rounds 3",
          "2026-11-22T20:00:00Z",
          3,
          5,
          new Machine(2, "Linux 6.1", "a processor", "a virtual machine 17"),
          Map.of("wrk", "4.1.0"),
          List.of(
              Result.measured(Row.GET, Samples.of(0.9, 0.99, 1.2), "99,000 / 100,000 requests/s"),
              Result.measured(Row.PUT_P99, Samples.of(7.5), "at 15,000 writes/s"),
              Result.measured(Row.PUT_GET, Samples.of(0.4), "40,000 / 100,000 requests/s"),
              Result.skipped(Row.GET_NGINX, "nginx is not installed")));

  @Test
  void markdownTableHasEveryRowWithItsVerdict() {
    assertThat(MarkdownReport.of(RUN).lines())
        .contains(
            "| GET / bare Netty | 0.990 (0.900 to 1.20) | ≥ 0.930 | ≥ 1.00 | met"
                + " | 99,000 / 100,000 requests/s |",
            "| p99 of PUT `w=1` at half of capacity, open loop | 7.50 ms | ≤ 3.00 ms | ≤ 2.00 ms"
                + " | not met | at 15,000 writes/s |",
            "| PUT `w=1` / GET of the same node | 0.400 | - | - | reported"
                + " | 40,000 / 100,000 requests/s |",
            "| GET / nginx `return 200` | - | ≥ 1.00 | ≥ 1.15 | skipped"
                + " | nginx is not installed |");
  }

  @Test
  void markdownSaysHowWhereAndWhenItWasMeasured() {
    assertThat(MarkdownReport.of(RUN))
        .contains(
            "`./quorate bench --rounds 3`, 2026-11-22T20:00:00Z",
            "2 cores (a processor), Linux 6.1, a virtual machine 17",
            "wrk 4.1.0.",
            "Medians of 3 rounds, in turns of 5 s");
  }

  @Test
  void jsonHasTheSame() {
    JsonObject json =
        Objects.requireNonNull(
            JsonObject.read(JsonReport.of(RUN).getBytes(StandardCharsets.UTF_8)));
    assertThat(json.text("schema")).isEqualTo(JsonReport.SCHEMA);
    assertThat(json.text("command")).isEqualTo("./quorate bench --rounds 3");
    List<JsonObject> rows = Objects.requireNonNull(json.objects("rows"));
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).text("row")).isEqualTo("get");
    assertThat(rows.get(0).decimal("median")).isEqualTo(0.99);
    assertThat(rows.get(0).decimal("least")).isEqualTo(0.9);
    assertThat(rows.get(0).decimal("most")).isEqualTo(1.2);
    assertThat(rows.get(1).text("verdict")).isEqualTo("not met");
    assertThat(rows.get(3).text("verdict")).isEqualTo("skipped");
    assertThat(rows.get(3).decimal("median")).isNull();
  }

  @Test
  void lineWhileTheBenchGoesOnSaysItAll() {
    assertThat(TableText.line(RUN.results().get(1)))
        .isEqualTo(
            "p99 of PUT w=1 at half of capacity, open loop: 7.50 ms (-), least ≤ 3.00 ms,"
                + " aim ≤ 2.00 ms: not met; at 15,000 writes/s");
    assertThat(TableText.line(RUN.results().get(3)))
        .isEqualTo("GET / nginx return 200: skipped: nginx is not installed");
  }
}
