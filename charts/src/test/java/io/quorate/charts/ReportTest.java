package io.quorate.charts;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void demo() throws Exception {
    Report.write(Sweeps.complete(), Path.of("/tmp/demo/closed"));
    Report.write(Sweeps.open(), Path.of("/tmp/demo/open"));
    Report.write(Sweeps.partial(), Path.of("/tmp/demo/partial"));
    Report.write(Sweeps.empty(), Path.of("/tmp/demo/empty"));
  }
}
