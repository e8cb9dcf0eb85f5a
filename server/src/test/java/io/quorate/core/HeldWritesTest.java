package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldWritesTest {

  private static final int MOST_WRITES = 3;
  private static final long MOST_BYTES = 100;

  private final HeldWrites held =
      new HeldWrites(
          new LeaderLimits(
              1 << 20,
              1 << 20,
              MOST_WRITES,
              MOST_BYTES,
              1,
              1,
              1,
              1,
              1,
              100,
              600_000,
              1_000_000_000,
              1,
              1));
  private final List<String> ends = new ArrayList<>();

  private void hold(String key, int valueBytes, long deadlineNanos) {
    Waiter waiter =
        new Waiter() {
          @Override
          public void answered(Write write, Answer answer) {
            ends.add(key + " " + answer);
          }

          @Override
          public void refused(Refusal refusal) {
            ends.add(key + " " + refusal.kind() + ": " + refusal.reason());
          }
        };
    held.hold(
        new WriteRequest(
            Key.of(key), new byte[valueBytes], Condition.NONE, 1, deadlineNanos, waiter));
  }

  @Test
  void holdsSoManyAndRefusesTheNext() {
    for (String key : List.of("a", "b", "c", "d")) {
      hold(key, 1, 10);
    }
    assertThat(ends)
        .containsExactly(
            "d TOO_MANY_WAITING: 3 writes wait for the leadership to be settled, as many as may");
    assertThat(held.size()).isEqualTo(MOST_WRITES);
  }

  @Test
  void holdsSoManyBytesAndRefusesTheNext() {
    hold("a", 120, 10);
    hold("b", 1, 10);
    assertThat(ends)
        .containsExactly(
            "b TOO_MANY_WAITING: writes that wait for the leadership to be settled take 121 bytes of "
                + MOST_BYTES);
  }

  @Test
  void bytesOfOneThatWentMakeRoom() {
    hold("a", 120, 10);
    held.expire(10, "over");
    assertThat(held.sizeBytes()).isZero();
    hold("b", 1, 20);
    assertThat(ends).containsExactly("a NOT_LEADING: over");
    assertThat(held.sizeBytes()).isEqualTo(2);
  }

  private static String name(WriteRequest write) {
    return write.changes().get(0).key().toString();
  }

  @Test
  void thoseThatMustStillWaitKeepTheirOrder() {
    hold("a", 1, 10);
    hold("b", 1, 10);
    hold("c", 1, 10);
    List<String> given = new ArrayList<>();
    held.release(write -> !name(write).equals("b"), write -> given.add("b"));
    held.release(write -> false, write -> given.add(name(write)));
    assertThat(given).containsExactly("b", "a", "c");
    assertThat(held.sizeBytes()).isZero();
  }
}
