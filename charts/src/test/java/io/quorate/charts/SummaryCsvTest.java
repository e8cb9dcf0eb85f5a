package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryCsvTest {
  @Test
  void everyResultIsOneLineUnderTheHeader() {
    for (Sweep sweep :
        List.of(Sweeps.complete(), Sweeps.open(), Sweeps.partial(), Sweeps.empty())) {
      List<List<String>> table = parse(SummaryCsv.of(sweep));
      assertThat(table).hasSize(1 + sweep.results().size());
      assertThat(table).allMatch(row -> row.size() == table.get(0).size());
      assertThat(table.get(0)).doesNotHaveDuplicates();
    }
  }

  @Test
  void figuresReadBackAreTheResults() {
    for (Sweep sweep : List.of(Sweeps.complete(), Sweeps.open(), Sweeps.partial())) {
      List<List<String>> table = parse(SummaryCsv.of(sweep));
      List<Residual> residuals = Residual.of(sweep);
      for (int at = 0; at < sweep.results().size(); at++) {
        Sweep.Result result = sweep.results().get(at);
        List<String> header = table.get(0);
        List<String> row = table.get(at + 1);
        assertThat(row.get(header.indexOf("load"))).isEqualTo(Words.of(result.load()));
        assertThat(row.get(header.indexOf("mode"))).isEqualTo(Words.of(result.mode()));
        assertThat(row.get(header.indexOf("quorum"))).isEqualTo(result.quorum() + "");
        assertThat(row.get(header.indexOf("complete"))).isEqualTo(result.complete() + "");
        Sweep.Latency latency = result.latency();
        String p99 = row.get(header.indexOf("p99_us"));
        if (latency == null) {
          assertThat(p99).isEmpty();
        } else {
          assertThat(Double.parseDouble(p99)).isEqualTo(latency.p99().us());
          assertThat(row.get(header.indexOf("p99_beyond"))).isEqualTo(latency.p99().beyond() + "");
        }
        String residual = row.get(header.indexOf("p50_residual_us"));
        boolean predicted = Residual.prediction(sweep, result) != null && latency != null;
        assertThat(residual.isEmpty()).isEqualTo(!predicted);
        if (predicted) {
          assertThat(residuals)
              .anyMatch(
                  one ->
                      one.quorum() == result.quorum()
                          && one.statistic() == Statistic.P50
                          && one.raw() == Double.parseDouble(residual));
        }
      }
    }
  }

  @Test
  void commasQuotesAndLineBreaksSurvive() {
    String tag = "a,\"b\"\r\nc";
    Draft strange = new Draft(Sweeps.cutShort(Sweep.Load.LIGHT, 1));
    strange.tag = tag;
    Sweep sweep =
        Sweeps.sweep(Sweeps.settings(Sweep.Mode.CLOSED), List.of(strange.result()), false, null);
    List<List<String>> table = parse(SummaryCsv.of(sweep));
    assertThat(table).hasSize(2);
    assertThat(table.get(1).get(table.get(0).indexOf("hlog_tag"))).isEqualTo(tag);
  }

  /** By RFC 4180, and no more lenient than it. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> table = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < csv.length(); at++) {
      char one = csv.charAt(at);
      if (quoted && one == '"' && at + 1 < csv.length() && csv.charAt(at + 1) == '"') {
        value.append(one);
        at++;
      } else if (one == '"') {
        quoted = !quoted;
      } else if (!quoted && (one == ',' || one == '\r')) {
        row.add(value.toString());
        value = new StringBuilder();
        if (one == '\r') {
          assertThat(csv.charAt(++at)).isEqualTo('\n');
          table.add(row);
          row = new ArrayList<>();
        }
      } else {
        value.append(one);
      }
    }
    assertThat(quoted || value.length() > 0 || !row.isEmpty()).as("ends in a line break").isFalse();
    return table;
  }
}
