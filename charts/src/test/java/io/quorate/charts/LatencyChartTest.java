package io.quorate.charts;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LatencyChartTest {
  @Test
  void draws() throws Exception {
    LatencyChart.write(Sweeps.complete(), Path.of("target/pictures/latency.svg"));
  }
}
