package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import io.quorate.it.history.Operation;
import io.quorate.it.history.Token;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The feed of confirmed writes, of real nodes, across changes of leadership. */
final class WatchIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void watchesGoOnAcrossASwitchoverAndALeaderThatIsKilled() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle first = cluster.leader();
    NodeHandle second = cluster.follower(2);
    NodeHandle third = cluster.follower(1);
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (Watcher atFirst = new Watcher(cluster.nodes(), first);
        Watcher atSecond = new Watcher(cluster.nodes(), second);
        Watcher atThird = new Watcher(cluster.nodes(), third);
        WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history)) {
      List<Watcher> watchers = List.of(atFirst, atSecond, atThird);
      load.awaitConfirmed(200);
      assertThat(first.client().switchover(second.id(), "timeout=10s").status()).isEqualTo(200);
      load.awaitConfirmed(200);
      watchers.forEach(watcher -> assertThat(watcher.changes()).as(watcher.name()).isZero());
      second.kill();
      Cluster led = Leading.promote(cluster, third);
      load.awaitConfirmed(200);
      second.start();
      led.awaitStreaming();
      load.awaitConfirmed(100);
      load.stop();
      Operation last = lastOf(history);
      watchers.forEach(watcher -> watcher.awaitToken(token(last)));
      watchers.forEach(watcher -> assertTold(watcher, history));
      assertThat(atSecond.changes()).isPositive();
    }
  }

  private static Operation lastOf(History history) {
    return confirmed(history).stream()
        .max((one, other) -> token(one).compareTo(token(other)))
        .orElseThrow();
  }

  private static List<Operation> confirmed(History history) {
    return history.operations().stream()
        .filter(write -> write.outcome() == Operation.Outcome.OK && write.token() != null)
        .toList();
  }

  private static Token token(Operation write) {
    Token token = write.token();
    if (token == null) {
      throw new AssertionError(write + " has no token");
    }
    return token;
  }

  /** Every confirmed write once, in order, as it was asked for. */
  private static void assertTold(Watcher watcher, History history) {
    List<Watcher.Event> events = watcher.events();
    assertThat(events).isSortedAccordingTo((a, b) -> a.token().compareTo(b.token()));
    assertThat(events).extracting(Watcher.Event::token).doesNotHaveDuplicates();
    assertThat(events)
        .as(watcher.name())
        .containsAll(
            confirmed(history).stream()
                .map(write -> new Watcher.Event(token(write), write.key(), write.value()))
                .toList());
    assertThat(confirmed(history)).hasSizeGreaterThan(700);
  }
}
