package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How nodes end when they are asked to. */
@OnBothKinds
final class StoppingIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void sigtermLetsTheWriteUnderWayEndAndTheNodeExitsWithZero() throws Exception {
    Cluster cluster =
        nodes.cluster(ClusterPlan.of(1).with("MIN_DELAY_MS", "1000").with("MAX_DELAY_MS", "1000"));
    NodeClient leader = cluster.leader().client();
    CompletableFuture<Written> underWay =
        CompletableFuture.supplyAsync(() -> leader.put("key", "under way", "w=1"));
    Eventually.asserted(
        () -> assertThat(leader.status().path("last_version").asLong()).isEqualTo(1));

    cluster.leader().askToStop();

    assertThat(underWay.get(10, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(cluster.leader().awaitExit()).isZero();
    assertThat(cluster.follower(1).client().get("key", "").map(Held::value)).contains("under way");
    cluster.follower(1).askToStop();
    assertThat(cluster.follower(1).awaitExit()).isZero();
  }

  @Test
  void writeThatCannotBeConfirmedBeforeTheNodeEndsIsToldThatItsOutcomeIsUnknown() throws Exception {
    Cluster cluster = nodes.cluster(ClusterPlan.of(1).with("STOP_TIMEOUT_MS", "200"));
    NodeClient leader = cluster.leader().client();
    cluster.follower(1).pause();
    CompletableFuture<Written> underWay =
        CompletableFuture.supplyAsync(() -> leader.put("key", "under way", "w=1&timeout=20s"));
    Eventually.asserted(
        () -> assertThat(leader.status().path("last_version").asLong()).isEqualTo(1));

    cluster.leader().askToStop();

    Written answer = underWay.get(10, TimeUnit.SECONDS);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.outcome()).isEqualTo("unknown");
    assertThat(cluster.leader().awaitExit()).isZero();
  }

  @Test
  @Tag("processes")
  void nodeToldToStopsWhenItsStandardInputCloses() {
    ProcessNode node =
        nodes.process("follower", Map.of("ROLE", "follower", "EXIT_ON_STDIN_CLOSE", "true"));
    node.closeStandardInput();
    assertThat(node.awaitExit()).isZero();
  }
}
