package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Waiter.Answer;
import org.junit.jupiter.api.Test;

/** Who completed the quorums of the writes that a leader gave. */
final class CompletionsTest {

  private static final int FOLLOWERS = 3;
  private static final long DEADLINE = 100;

  private final GivenWrites writes =
      new GivenWrites(
          new NodeState(1 << 20),
          new LeaderLimits(
              1 << 20, 1 << 20, 10, 1 << 20, 10, 10, 1 << 20, 1 << 20, 10, 100, 600_000, 1, 1, 1),
          new LeaderClock(0, 0),
          FOLLOWERS);
  private final Writes.Told told = new Writes.Told();

  private long given(int required) {
    Write write =
        writes.give(
            new WriteRequest(Key.of("k"), new byte[] {1}, Condition.NONE, required, DEADLINE, told),
            1);
    writes.settle(write);
    return write.version();
  }

  private long[] completedWith(int required) {
    long[] counts = new long[FOLLOWERS];
    for (int follower = 0; follower < FOLLOWERS; follower++) {
      counts[follower] = writes.completions().of(required, follower);
    }
    return counts;
  }

  @Test
  void theFollowerWhoseAcknowledgementConfirmsIsCountedAndNoneBeforeOrAfterIt() {
    long version = given(2);
    writes.acknowledge(2, version);
    assertThat(completedWith(2)).containsExactly(0, 0, 0);
    writes.acknowledge(0, version);
    writes.acknowledge(1, version);
    assertThat(completedWith(2)).containsExactly(1, 0, 0);
    assertThat(completedWith(1)).containsExactly(0, 0, 0);
    assertThat(completedWith(3)).containsExactly(0, 0, 0);
  }

  @Test
  void sameFollowerAgainCompletesNothing() {
    long version = given(2);
    writes.acknowledge(1, version);
    writes.acknowledge(1, version);
    assertThat(completedWith(2)).containsExactly(0, 0, 0);
  }

  @Test
  void oneReportCompletesEachWriteThatWaitedForIt() {
    given(1);
    given(2);
    given(2);
    long last = given(3);
    writes.acknowledgeBetween(0, 0, last);
    writes.acknowledgeBetween(1, 0, last);
    writes.acknowledgeBetween(2, 0, last);
    assertThat(completedWith(1)).containsExactly(1, 0, 0);
    assertThat(completedWith(2)).containsExactly(0, 2, 0);
    assertThat(completedWith(3)).containsExactly(0, 0, 1);
  }

  @Test
  void writeWithoutAQuorumIsInNoCount() {
    long version = given(0);
    writes.acknowledge(0, version);
    assertThat(told.answers).containsExactly(Answer.CONFIRMED);
    for (int required = 1; required <= FOLLOWERS; required++) {
      assertThat(completedWith(required)).containsExactly(0, 0, 0);
    }
  }

  @Test
  void quorumCompletedAfterTheDeadlineCounts() {
    long version = given(1);
    writes.pending().expire(DEADLINE);
    assertThat(told.answers).containsExactly(Answer.UNCONFIRMED);
    writes.acknowledge(2, version);
    assertThat(completedWith(1)).containsExactly(0, 0, 1);
  }

  @Test
  void acknowledgementThatWasTakenBackCompletesNothing() {
    long version = given(2);
    writes.acknowledge(0, version);
    writes.withdraw(0);
    writes.acknowledge(1, version);
    assertThat(completedWith(2)).containsExactly(0, 0, 0);
    writes.acknowledge(0, version);
    assertThat(completedWith(2)).containsExactly(1, 0, 0);
  }
}
