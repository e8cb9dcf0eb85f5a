package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that were not told alike what all nodes of a cluster have to have alike. */
final class OtherClusterTest {

  private static final int LEAST_QUORUM = 1;
  private static final long LEASE_NANOS = 1_000;
  private static final Leadership FIRST = new Leadership(1, 11);
  private static final Leadership SECOND = new Leadership(2, 22);
  private static final LeaderLimits LIMITS =
      new LeaderLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 100, 600_000, 1, 1, 1);

  private final NodeState state = new NodeState(1 << 20);
  private final Node node =
      new Node(
          new Node.Terms(
              new Life(1, 1),
              null,
              0,
              true,
              LEAST_QUORUM,
              LEASE_NANOS,
              LEASE_NANOS,
              LIMITS,
              () -> 0,
              () -> 99),
          state,
          new Nowhere(),
          () -> {},
          0);
  private final List<Report> answers = new ArrayList<>();

  private Report.Verdict hello(Leadership leadership, int leastQuorum, long leaseNanos) {
    Hello hello =
        new Hello(leadership, Life.NONE, 0, true, false, 0, 0, 0, 0, leastQuorum, leaseNanos);
    node.onHello(hello, "http://leader", null, answers::add, 0);
    return answers.get(answers.size() - 1).verdict();
  }

  private Report.Verdict grant(int leastQuorum, long leaseNanos) {
    node.onGrant(
        new GrantRequest(SECOND, Leadership.NONE, false, leastQuorum, leaseNanos), answers::add, 0);
    return answers.get(answers.size() - 1).verdict();
  }

  @Test
  void leaderOfAnotherLeastQuorumOrLeaseIsNotFollowed() {
    assertThat(hello(FIRST, LEAST_QUORUM + 1, LEASE_NANOS)).isEqualTo(Report.Verdict.OTHER_FLOOR);
    for (long other : new long[] {0, LEASE_NANOS - 1, LEASE_NANOS + 1}) {
      assertThat(hello(FIRST, LEAST_QUORUM, other)).isEqualTo(Report.Verdict.OTHER_LEASE);
    }
    assertThat(state.granted()).isEqualTo(Leadership.NONE);
    assertThat(hello(FIRST, LEAST_QUORUM, LEASE_NANOS)).isEqualTo(Report.Verdict.ACCEPTED);
    assertThat(state.granted()).isEqualTo(FIRST);
  }

  @Test
  void candidateOfAnotherLeastQuorumOrLeaseIsGrantedNothing() {
    assertThat(grant(LEAST_QUORUM + 1, LEASE_NANOS)).isEqualTo(Report.Verdict.OTHER_FLOOR);
    assertThat(grant(LEAST_QUORUM, LEASE_NANOS - 1)).isEqualTo(Report.Verdict.OTHER_LEASE);
    assertThat(state.granted()).isEqualTo(Leadership.NONE);
    assertThat(grant(LEAST_QUORUM, LEASE_NANOS)).isEqualTo(Report.Verdict.ACCEPTED);
  }

  @Test
  void oneThatOnlyAsksAroundIsToldTooAndDoesNotCountTheAnswer() {
    hello(FIRST, LEAST_QUORUM, LEASE_NANOS);
    assertThat(hello(Leadership.NONE, LEAST_QUORUM, LEASE_NANOS + 1))
        .isEqualTo(Report.Verdict.OTHER_LEASE);
    assertThat(answers.get(1).counts()).isFalse();
    assertThat(hello(Leadership.NONE, LEAST_QUORUM, LEASE_NANOS))
        .isEqualTo(Report.Verdict.ACCEPTED);
    assertThat(answers.get(2).counts()).isTrue();
  }
}
