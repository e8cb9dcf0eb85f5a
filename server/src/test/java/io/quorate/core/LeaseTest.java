package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a node that has given its word to a leader grants an epoch, and when. */
final class LeaseTest {

  private static final int LEAST_QUORUM = 1;
  private static final long LEASE_NANOS = 1_000;
  private static final long OVER_NANOS = LEASE_NANOS + LEASE_NANOS / 20;
  private static final Leadership FIRST = new Leadership(1, 11);
  private static final Leadership SECOND = new Leadership(2, 22);
  private static final Leadership THIRD = new Leadership(3, 33);

  private final NodeState state = new NodeState(1 << 20);
  private final Follower follower = started(state);

  private static Follower started(NodeState state) {
    return new Follower(new Life(1, 1), state, LEAST_QUORUM, LEASE_NANOS, LEASE_NANOS, 0);
  }

  @BeforeEach
  void follow() {
    follower.onHello(
        new Hello(FIRST, Life.NONE, 0, true, false, 0, 0, 0, 0, LEAST_QUORUM, LEASE_NANOS), 0);
    assertThat(state.reign().leadership()).isEqualTo(FIRST);
  }

  private static Report.Verdict asked(
      Follower asked, Leadership candidate, Leadership released, boolean force, long nowNanos) {
    return asked
        .onGrant(new GrantRequest(candidate, released, force, LEAST_QUORUM, LEASE_NANOS), nowNanos)
        .verdict();
  }

  private Report.Verdict asked(Leadership candidate, Leadership released, long nowNanos) {
    return asked(follower, candidate, released, false, nowNanos);
  }

  @Test
  void nobodyIsGrantedAnEpochBeforeTheWordIsOver() {
    assertThat(asked(SECOND, Leadership.NONE, OVER_NANOS - 1)).isEqualTo(Report.Verdict.LEASED);
    assertThat(asked(SECOND, Leadership.NONE, OVER_NANOS)).isEqualTo(Report.Verdict.ACCEPTED);
  }

  @Test
  void leaderThatHasGrantedTheEpochCountsOnNobody() {
    assertThat(asked(SECOND, FIRST, 1)).isEqualTo(Report.Verdict.ACCEPTED);
  }

  @Test
  void wordThatWasReleasedForOneCandidateIsNotOwedWhenTheNextOneAsks() {
    asked(SECOND, FIRST, 1);
    assertThat(asked(THIRD, SECOND, 2)).isEqualTo(Report.Verdict.ACCEPTED);
  }

  @Test
  void wordThatWasOverriddenByForceIsStillOwed() {
    assertThat(asked(follower, SECOND, Leadership.NONE, true, 1))
        .isEqualTo(Report.Verdict.ACCEPTED);
    assertThat(asked(THIRD, Leadership.NONE, 2)).isEqualTo(Report.Verdict.LEASED);
  }

  @Test
  void restartedFollowerOwesTheWordThatItMayHaveGiven() {
    Follower restarted = started(state);
    assertThat(asked(restarted, SECOND, Leadership.NONE, false, OVER_NANOS - 1))
        .isEqualTo(Report.Verdict.LEASED);
    assertThat(asked(restarted, SECOND, Leadership.NONE, false, OVER_NANOS))
        .isEqualTo(Report.Verdict.ACCEPTED);
  }

  @Test
  void restartedLeaderOwesNobody() {
    asked(SECOND, FIRST, 1);
    state.enter(new Reign(SECOND, 1, true, false, List.of()));
    assertThat(asked(started(state), THIRD, Leadership.NONE, false, 0))
        .isEqualTo(Report.Verdict.ACCEPTED);
  }
}
