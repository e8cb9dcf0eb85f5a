package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void onATerminalOneLineChangesInPlace() {
    ProgressLine line = progress(true);
    line.update(() -> "too early");
    await()
        .until(
            () -> {
              line.update(() -> "half");
              return printed().contains("half");
            });
    line.print("done");
    assertThat(printed()).isEqualTo("\r\u001b[Khalf\r\u001b[Kdone" + System.lineSeparator());
  }

  @Test
  void aLineIsCutBeforeItWraps() {
    ProgressLine line = progress(true);
    await()
        .until(
            () -> {
              line.update(() -> "x".repeat(200));
              return !printed().isEmpty();
            });
    assertThat(printed()).isEqualTo("\r\u001b[K" + "x".repeat(79));
  }

  @Test
  void elsewhereFrequentUpdatesPrintNothing() {
    ProgressLine line = progress(false);
    for (int update = 0; update < 100; update++) {
      line.update(() -> "half");
    }
    line.print("done");
    assertThat(printed()).isEqualTo("done" + System.lineSeparator());
  }

  private ProgressLine progress(boolean live) {
    return new ProgressLine(new PrintStream(out, true, StandardCharsets.UTF_8), live, 80);
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
