package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LagTest {
  private static final String NO_LAG = "{\"min_delay_ms\":0.0,\"max_delay_ms\":0.0}";
  private static final String OWN_LAG = "{\"min_delay_ms\":0.1,\"max_delay_ms\":1.0}";

  private final HttpClient client = new HttpClient();
  private final FakeNode leader = FakeNode.leader();
  private final Lag lag = new Lag(client, leader.url(), new DelayRange(0.1, 1));

  @AfterEach
  void close() {
    client.close();
    leader.close();
  }

  @Test
  void aLeaderThatWasNotAlteredIsNotAsked() {
    assertThat(lag.set(Sweep.Lag.INJECTED)).isNull();
    assertThat(lag.restore()).isNull();
    assertThat(leader.patches).isEmpty();
  }

  @Test
  void aRefusalToSetTheLagBackIsFollowedByAnotherAttempt() {
    leader.patchStatus = number -> number == 2 ? 503 : 200;
    assertThat(lag.set(Sweep.Lag.NONE)).isNull();
    assertThat(lag.set(Sweep.Lag.INJECTED)).isNull();
    assertThat(leader.patches).containsExactly(NO_LAG, OWN_LAG, OWN_LAG);
    assertThat(lag.restore()).isNull();
    assertThat(leader.patches).hasSize(3);
  }

  @Test
  void aLagThatCouldNotBeSetBackIsStillOwed() {
    leader.patchStatus = number -> number <= 4 && number > 1 ? 503 : 200;
    assertThat(lag.set(Sweep.Lag.NONE)).isNull();
    assertThat(lag.set(Sweep.Lag.INJECTED)).contains("503");
    assertThat(lag.restore()).isNull();
    assertThat(leader.patches).containsExactly(NO_LAG, OWN_LAG, OWN_LAG, OWN_LAG, OWN_LAG);
  }

  @Test
  void aRefusalOfNoLagLeavesItOwedToo() {
    leader.patchStatus = number -> number == 1 ? 503 : 200;
    assertThat(lag.set(Sweep.Lag.NONE)).contains("503");
    assertThat(lag.restore()).isNull();
    assertThat(leader.patches).containsExactly(NO_LAG, OWN_LAG);
  }
}
