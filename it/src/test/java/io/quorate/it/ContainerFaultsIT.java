package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Containers of two of three followers killed or paused at once, and of all one after another. */
@OnContainers
final class ContainerFaultsIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void followersKilledAtOnceRestartInNewContainersWithAnEmptyDiskAndComeLevel() {
    ContainerCluster cluster = nodes.containers(Clients.plan(3), 1);
    List<ContainerNode> killed = List.of(cluster.follower(1), cluster.follower(3));
    List<String> incarnations = killed.stream().map(ContainerFaultsIT::incarnation).toList();
    try (Clients clients = Clients.start(cluster, 0, 1)) {
      clients.awaitConfirmed(200);
      killed.parallelStream().forEach(NodeHandle::kill);
      assertThat(killed).allMatch(node -> node.awaitExit() == 128 + 9);
      awaitLost(cluster, killed);
      clients.awaitFailureByAll("not_applied");
      clients.awaitConfirmed(200);

      Timed.run(
          "two restarted empty were level after",
          () -> {
            killed.parallelStream().forEach(NodeHandle::start);
            awaitBack(cluster, killed);
          });

      clients.awaitConfirmedByAll(20);
      assertThat(killed.stream().map(ContainerFaultsIT::incarnation))
          .doesNotContainAnyElementsOf(incarnations);
      clients.stopAndCheck();
    }
  }

  @Test
  void followersPausedAtOnceComeLevelWhenTheyGoOn() {
    ContainerCluster cluster = nodes.containers(Clients.plan(3), 1);
    List<ContainerNode> paused = List.of(cluster.follower(1), cluster.follower(3));
    List<String> incarnations = paused.stream().map(ContainerFaultsIT::incarnation).toList();
    try (Clients clients = Clients.start(cluster, 0, 1)) {
      clients.awaitConfirmed(200);
      paused.forEach(NodeHandle::pause);
      assertThat(paused)
          .allMatch(node -> Boolean.TRUE.equals(node.inspect().getState().getPaused()));
      awaitLost(cluster, paused);
      clients.awaitFailureByAll("unconfirmed");
      clients.awaitFailureByAll("not_applied");
      clients.awaitConfirmed(200);

      Timed.run(
          "two that went on were level after",
          () -> {
            paused.forEach(NodeHandle::resume);
            awaitBack(cluster, paused);
          });

      clients.awaitConfirmedByAll(20);
      assertThat(paused.stream().map(ContainerFaultsIT::incarnation))
          .containsExactlyElementsOf(incarnations);
      clients.stopAndCheck();
    }
  }

  @Test
  void rollingRestartOfAllFollowersUnderLoadFailsNoWriteThatTwoCanConfirm() {
    ContainerCluster cluster = nodes.containers(Clients.plan(3), 1);
    try (Clients clients = Clients.start(cluster, 0, 1, 2)) {
      clients.awaitConfirmed(200);
      for (int number = 1; number <= 3; number++) {
        ContainerNode restarted = cluster.follower(number);
        String incarnation = incarnation(restarted);
        String container = restarted.containerId();

        Timed.run(
            restarted.name() + " was restarted and level after",
            () -> {
              restarted.askToStop();
              assertThat(restarted.awaitExit()).isZero();
              restarted.start();
              cluster.awaitState(restarted, "streaming");
            });

        clients.awaitConfirmedByAll(20);
        assertThat(restarted.containerId()).isNotEqualTo(container);
        assertThat(incarnation(restarted)).isNotEqualTo(incarnation);
      }
      clients.stopAndCheck();
    }
  }

  private static void awaitLost(Cluster cluster, List<ContainerNode> followers) {
    Timed.run(
        "the leader noticed that two are gone",
        () -> followers.forEach(follower -> cluster.awaitState(follower, "probing")));
  }

  private static void awaitBack(Cluster cluster, List<ContainerNode> followers) {
    followers.forEach(follower -> cluster.awaitState(follower, "streaming"));
  }

  private static String incarnation(NodeHandle node) {
    return node.client().status().path("incarnation").asText();
  }
}
