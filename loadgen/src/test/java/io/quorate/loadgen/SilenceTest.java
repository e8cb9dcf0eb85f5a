package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SilenceTest {
  private final PassRecording recording = new PassRecording();
  private final Silence silence = new Silence(recording, 0);

  @Test
  void aGapBetweenTwoArrivalsIsNoSilence() {
    recording.writes().sent();
    recording.writes().succeeded(1);
    assertThat(silence.lasted(1_000)).isZero();
    assertThat(silence.lasted(60_000)).isZero();
    recording.writes().sent();
    assertThat(silence.lasted(60_010)).isEqualTo(10);
  }

  @Test
  void silenceLastsFromTheOldestRequestThatIsNotAnswered() {
    recording.reads().sent();
    assertThat(silence.lasted(10)).isEqualTo(10);
    recording.writes().sent();
    assertThat(silence.lasted(500)).isEqualTo(500);
    recording.reads().succeeded(500);
    assertThat(silence.lasted(510)).isZero();
  }

  @Test
  void aRefusalIsNoAnswer() {
    recording.writes().sent();
    recording.writes().failed("503");
    assertThat(silence.lasted(100)).isEqualTo(100);
    assertThat(silence.lasted(200)).isEqualTo(200);
  }
}
