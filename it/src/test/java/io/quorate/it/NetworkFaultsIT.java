package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that are cut off the network that carries replication, while clients reach all of them. */
@OnContainers
final class NetworkFaultsIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void followerBackAtItsAddressComesLevel() {
    cutOffAndJoinAt((inside, address) -> address);
  }

  @Test
  void followerBackAtAnotherAddressIsFoundByItsNameAndComesLevel() {
    cutOffAndJoinAt(
        (inside, address) -> {
          String other = inside.addressFromTheEnd(7);
          assertThat(other).isNotEqualTo(address);
          return other;
        });
  }

  /**
   * @param choice of the address to come back at, given the one before
   */
  private void cutOffAndJoinAt(BiFunction<EngineNetwork, String, String> choice) {
    ContainerCluster cluster = nodes.containers(Clients.plan(3), 1);
    EngineNetwork inside = cluster.insides().get(0);
    ContainerNode cut = cluster.follower(2);
    String address = choice.apply(inside, inside.addressOf(cut.containerId()));
    try (Clients clients = Clients.start(cluster, 0, 1, 2)) {
      clients.awaitConfirmed(200);
      cutOff(cluster, clients, cut);

      cut.joinAt(address, inside);

      assertThat(inside.addressOf(cut.containerId())).isEqualTo(address);
      awaitBack(cluster, clients, cut);
      clients.stopAndCheck();
    }
  }

  /** First once the leader has noticed that both are away, then before it can. */
  @Test
  void followersThatSwapTheirAddressesComeLevelEachAsItself() {
    ContainerCluster cluster = nodes.containers(Clients.plan(3), 1);
    EngineNetwork inside = cluster.insides().get(0);
    ContainerNode one = cluster.follower(1);
    ContainerNode other = cluster.follower(2);
    String addressOfOne = inside.addressOf(one.containerId());
    String addressOfOther = inside.addressOf(other.containerId());
    try (Clients clients = Clients.start(cluster, 0, 1)) {
      clients.awaitConfirmed(200);
      one.leave(inside);
      other.leave(inside);
      cluster.awaitState(one, "probing");
      cluster.awaitState(other, "probing");
      clients.awaitConfirmed(200);

      one.joinAt(addressOfOther, inside);
      other.joinAt(addressOfOne, inside);

      assertThat(inside.addressOf(one.containerId())).isEqualTo(addressOfOther);
      assertThat(inside.addressOf(other.containerId())).isEqualTo(addressOfOne);
      awaitBack(cluster, clients, one, other);
      one.leave(inside);
      other.leave(inside);
      one.joinAt(addressOfOne, inside);
      other.joinAt(addressOfOther, inside);
      assertThat(inside.addressOf(one.containerId())).isEqualTo(addressOfOne);
      assertThat(inside.addressOf(other.containerId())).isEqualTo(addressOfOther);
      awaitBack(cluster, clients, one, other);
      clients.stopAndCheck();
    }
  }

  @Test
  void leaderCutOffFromTwoOfFiveConfirmsByThreeAndNotByFourUntilItReachesThemAgain() {
    ContainerCluster cluster = nodes.containers(Clients.plan(5), 2);
    EngineNetwork beyond = cluster.insides().get(1);
    List<ContainerNode> cut = List.of(cluster.follower(4), cluster.follower(5));
    NodeClient leader = cluster.leader().client();
    try (Clients clients = Clients.start(cluster, 1, 2, 3)) {
      clients.awaitConfirmed(200);
      cluster.leader().leave(beyond);

      Written four = leader.put("four", "before the leader knows", "w=4&timeout=1s");
      assertThat(four.outcome()).isEqualTo("unconfirmed");
      assertThat(four.acknowledged()).isEqualTo(3);
      Timed.run(
          "the leader noticed that it is cut off from two after",
          () -> cut.forEach(follower -> cluster.awaitState(follower, "probing")));
      assertThat(leader.put("four", "once it does", "w=4").outcome()).isEqualTo("not_applied");
      for (int near = 1; near <= 3; near++) {
        cluster.awaitState(cluster.follower(near), "streaming");
      }
      clients.awaitConfirmed(200);
      cut.forEach(follower -> clients.awaitReads(follower, 20));
      assertThat(canConnect(cluster.follower(4), cluster.follower(5))).isTrue();
      assertThat(canConnect(cluster.leader(), cluster.follower(4))).isFalse();

      cluster.leader().join(beyond);

      awaitBack(cluster, clients, cut.toArray(ContainerNode[]::new));
      assertThat(leader.put("four", "by four again", "w=4").status()).isEqualTo(200);
      clients.stopAndCheck();
    }
  }

  private static boolean canConnect(ContainerNode from, ContainerNode to) {
    String address = to.url().substring("http://".length()).replace(':', '/');
    return from.run("timeout", "2", "bash", "-c", "exec 3<>/dev/tcp/" + address).getExitCode() == 0;
  }

  /** Until the leader has noticed, writes by all have failed in both ways, and it is still read. */
  private static void cutOff(ContainerCluster cluster, Clients clients, ContainerNode follower) {
    EngineNetwork inside = cluster.insides().get(0);
    follower.leave(inside);
    assertThat(inside.isConnected(follower.containerId())).isFalse();
    Timed.run("the leader noticed after", () -> cluster.awaitState(follower, "probing"));
    clients.awaitFailureByAll("unconfirmed");
    clients.awaitFailureByAll("not_applied");
    clients.awaitConfirmed(200);
    clients.awaitReads(follower, 20);
  }

  private static void awaitBack(
      ContainerCluster cluster, Clients clients, ContainerNode... followers) {
    Timed.run(
        "the leader streamed again after",
        () -> List.of(followers).forEach(back -> cluster.awaitState(back, "streaming")));
    clients.awaitConfirmedByAll(20);
    clients.awaitConfirmed(100);
  }
}
