package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class FsyncTest {

  @Test
  void whatIsReadIsWrittenTheSameWay() {
    for (String text : List.of("always", "never", "interval:50ms", "interval:1ms")) {
      assertThat(Fsync.parse(text)).get().hasToString(text);
    }
    assertThat(Fsync.parse("interval:2s")).contains(Fsync.interval(2_000_000_000));
  }

  @Test
  void everythingElseIsNot() {
    for (String text :
        List.of(
            "",
            "Always",
            "interval",
            "interval:",
            "interval:0ms",
            "interval:5",
            "interval:-1ms",
            "interval:61s",
            "interval:9999999ms",
            " never",
            "interval:1.5s")) {
      assertThat(Fsync.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void eachSaysWhatItMayLose() {
    assertThat(Fsync.ALWAYS.mayLose()).startsWith("nothing");
    assertThat(Fsync.interval(50_000_000).mayLose()).contains("50 ms");
    assertThat(Fsync.NEVER.mayLose()).contains("machine stops");
  }
}
