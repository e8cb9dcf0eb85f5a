package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wall clock that jumps while a node leads. */
final class LeaderClockTest {

  private static final LeaderLimits LIMITS =
      new LeaderLimits(
          1 << 24, 1 << 20, 9, 1 << 24, 9, 9, 1 << 24, 9, 9, 9, 60_000, 1L << 60, 9, 9);
  private static final long MILLI = 1_000_000L;
  private static final long HOUR_MILLIS = 3_600_000L;
  private static final long TTL_MILLIS = 100;
  private static final Key KEY = Key.of("k");

  private long wallMillis = 1_000_000_000L;
  private int reads;
  private final Node node = node();

  private Node node() {
    Membership alone = new Membership(List.of("http://leader"), 0, 0, 0, 0);
    return new Node(
        new Node.Terms(new Life(1, 1), alone, 0, false, 0, 0, 0, LIMITS, this::wallMillis, () -> 7),
        new NodeState(LIMITS.backlogBytes()),
        new Nowhere(),
        () -> {},
        0);
  }

  private long wallMillis() {
    reads++;
    return wallMillis;
  }

  @ParameterizedTest
  @ValueSource(longs = {-HOUR_MILLIS, HOUR_MILLIS})
  void jumpEndsNoValueEarlyOrLate(long jumpMillis) {
    node.start(0);
    node.tick(0);
    List<Change> changes = List.of(new Change(KEY, new byte[1], Condition.NONE, TTL_MILLIS));
    node.put(new WriteRequest(changes, null, 0, MILLI, Waiter.NOBODY), 0);
    wallMillis += jumpMillis;
    node.tick((TTL_MILLIS - 1) * MILLI);
    assertThat(node.store().keys()).isOne();
    node.tick(TTL_MILLIS * MILLI);
    assertThat(node.store().keys()).isZero();
    assertThat(node.lastVersion()).isEqualTo(2);
  }

  @Test
  void wallClockIsReadOnceWhenTheLeadershipBegins() {
    node.start(0);
    assertThat(reads).isOne();
    for (int tick = 0; tick < 1_000; tick++) {
      node.tick(tick * MILLI);
    }
    assertThat(reads).isOne();
  }
}
