package io.quorate.charts;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void demo() throws Exception {
    Report.write(Sweeps.complete(), Path.of("/tmp/demo/closed"));
    Report.write(Sweeps.open(), Path.of("/tmp/demo/open"));
    Report.write(Sweeps.partial(), Path.of("/tmp/demo/partial"));
    Comparison c = Comparison.of(Sweeps.complete(), Sweeps.slower(Sweeps.complete(), 3, 1.5));
    c.write(Path.of("/tmp/demo/compare"));
    c.table().forEach(System.out::println);
    c.regressions(1.2).forEach(System.out::println);
    Report.write(Sweeps.empty(), Path.of("/tmp/demo/empty"));
  }
}
