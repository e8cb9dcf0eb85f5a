package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.History;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Leadership handed over while it is asked for. */
final class SwitchoverIT {

  private static final String TIMEOUT = "timeout=10s";
  private static final long LONGEST_PAUSE_MILLIS = 3_000;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void leadershipMovesThereAndBackUnderLoadAndNoWriteFailsThatFollowsRedirects() {
    Cluster cluster =
        nodes.processes(ClusterPlan.withDisks(2).everywhere("WRITE_TIMEOUT_MS", "5000"));
    NodeHandle first = cluster.leader();
    NodeHandle second = cluster.follower(2);
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history);
        Readers readers = Readers.ofAnyLeader(cluster, shape, history)) {
      load.awaitConfirmed(200);
      switchOver(first, second, second.id());
      load.awaitConfirmed(200);
      Cluster led = cluster.ledBy(second);
      led.awaitStreaming();
      for (NodeHandle follower : led.followers()) {
        Written redirected = follower.client().put("key-1", "to a follower", "w=1");
        assertThat(redirected.status()).as(follower.name()).isEqualTo(307);
        assertThat(redirected.location()).startsWith(second.url());
      }
      switchOver(second, first, first.url());
      load.awaitConfirmed(200);
      load.stop();
      readers.stop();
      assertThat(load.failures()).isEmpty();
    }
    assertThat(Leading.isUnclean(first)).isFalse();
    cluster.awaitStreaming();
    Replicas.assertConverged(cluster);
    Histories.assertHolds(cluster, history);
  }

  private static void switchOver(NodeHandle from, NodeHandle to, String named) {
    Answer answer = from.client().switchover(named, TIMEOUT);
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    JsonNode moved = answer.json();
    System.out.println("switchover under load: " + moved);
    assertThat(moved.path("from").asText()).isEqualTo(from.id());
    assertThat(moved.path("to").asText()).isEqualTo(to.id());
    assertThat(moved.path("epoch").asLong()).isEqualTo(Leading.epochOf(to));
    assertThat(moved.path("paused_ms").asLong()).isBetween(0L, LONGEST_PAUSE_MILLIS);
    Eventually.asserted(() -> assertThat(Leading.serves(to)).as(to.name()).isTrue());
    assertThat(Leading.isLeader(from)).isFalse();
  }

  @Test
  void switchoverToWhoCannotLeadIsRefusedAndTheLeaderGoesOn() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeClient leader = cluster.leader().client();
    assertThat(leader.put("key", "before", "w=2").status()).isEqualTo(200);

    assertThat(leader.switchover("nobody:1", TIMEOUT).status()).isEqualTo(400);
    Answer redirect = cluster.follower(1).client().switchover(cluster.follower(1).id(), TIMEOUT);
    assertThat(redirect.status()).isEqualTo(307);
    assertThat(redirect.header("Location")).startsWith(cluster.leader().url());

    NodeHandle down = cluster.follower(2);
    down.kill();
    cluster.awaitState(down, "probing");
    Answer refused = leader.switchover(down.id(), "timeout=1s");
    assertThat(refused.status()).as("%s", refused).isEqualTo(409);
    assertThat(refused.detail()).isNotBlank();
    assertThat(Leading.serves(cluster.leader())).isTrue();
    assertThat(leader.put("key", "after", "w=1").status()).isEqualTo(200);
    assertThat(leader.get("key", "consistency=confirmed").map(Held::value)).contains("after");
    down.start();
    cluster.awaitStreaming();
    Replicas.assertConverged(cluster);
  }
}
