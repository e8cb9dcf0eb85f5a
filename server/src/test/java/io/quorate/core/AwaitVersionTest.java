package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose readers wait for versions: as a follower, and when it stops. */
final class AwaitVersionTest {

  private static final Leadership FIRST = new Leadership(1, 11);
  private static final Life LIFE = new Life(1, 1);

  private final Node node = Cores.follower(LIFE);
  private final List<Reached> told = new ArrayList<>();

  @BeforeEach
  void follow() {
    Cores.answer(node, Cores.hello(FIRST, LIFE), 0);
  }

  private void append(long version) {
    Mutation mutation = new Mutation(Key.of("k"), new byte[1], 1, version);
    Cores.answer(node, new Append(FIRST, LIFE, 0, 0, List.of(mutation)), 0);
  }

  private Runnable await(long version, long deadlineNanos) {
    return node.awaitVersion(new Token(1, version), deadlineNanos, told::add, 0);
  }

  @Test
  void tellsWhenAllThroughItIsApplied() {
    await(2, 10);
    append(2);
    assertThat(told).as("1 is not applied").isEmpty();
    append(1);
    assertThat(told).containsExactly(Reached.YES);
  }

  @Test
  void whatIsThereIsToldAtOnceHoweverManyWait() {
    append(1);
    await(9, 10);
    await(9, 10);
    assertThat(told).as("one may wait").containsExactly(Reached.TOO_MANY_WAIT);
    await(1, 10);
    assertThat(told).last().isEqualTo(Reached.YES);
  }

  @Test
  void whatDoesNotComeInTimeIsTold() {
    await(9, 10);
    node.tick(9);
    assertThat(told).isEmpty();
    node.tick(10);
    assertThat(told).containsExactly(Reached.NOT_IN_TIME);
  }

  @Test
  void nodeThatStopsTellsAllAndThoseThatComeLater() {
    await(9, 10);
    node.stop();
    await(9, 10);
    assertThat(told).containsExactly(Reached.NOT_IN_TIME, Reached.NOT_IN_TIME);
  }

  @Test
  void oneThatIsCancelledMakesRoomForTheNext() {
    await(9, 10).run();
    await(1, 10);
    append(1);
    assertThat(told).containsExactly(Reached.YES);
  }
}
