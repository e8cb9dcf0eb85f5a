package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MIN_WRITE_QUORUM: fewer followers than that hold no confirmed write alone. */
final class FloorIT {

  private static final String FLOOR = "MIN_WRITE_QUORUM";

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void writeBelowTheFloorIsRefusedAndTheFloorStaysForTheLifeOfTheDirectory() {
    ClusterPlan plan = ClusterPlan.withDisks(2).everywhere(FLOOR, "2").with("WRITE_QUORUM", "2");
    ProcessCluster cluster = nodes.processes(plan);
    NodeClient leader = cluster.leader().client();
    assertThat(leader.status().path("min_write_quorum").asInt()).isEqualTo(2);

    Written below = leader.put("key", "by one", "w=1");
    assertThat(below.status()).isEqualTo(400);
    assertThat(below.outcome()).isEqualTo("not_applied");
    assertThat(leader.put("key", "by none", "w=0").status()).isEqualTo(200);
    assertThat(leader.put("key", "by both", "").status()).isEqualTo(200);

    ProcessNode follower = cluster.follower(1);
    follower.kill();
    ProcessNode other =
        nodes.unstarted(
            "other-floor", plan.everywhere(FLOOR, "1").variablesOfFollower(), follower.disk());
    other.spawn();
    assertThat(other.awaitExit()).isIn(1, 2);
    assertThat(other.printed().lines().filter(line -> line.contains(FLOOR)))
        .as(other.printed())
        .singleElement()
        .asString()
        .contains("1", "2");
    follower.start();
    cluster.awaitStreaming();
    Replicas.assertConverged(cluster);
  }

  @Test
  void leaderThatHasLostAFollowerOfTwoWithAFloorOfTwoServesAgainOnceBothHaveEntered() {
    ClusterPlan plan = ClusterPlan.withDisks(2).everywhere(FLOOR, "2").with("WRITE_QUORUM", "2");
    ProcessCluster cluster = nodes.processes(plan);
    NodeClient leader = cluster.leader().client();
    assertThat(leader.put("key", "by both", "").status()).isEqualTo(200);
    cluster.nodes().parallelStream().forEach(NodeHandle::kill);
    cluster.leader().start();
    cluster.follower(1).start();

    // It has the grants that it needs, and one follower that entered: not enough to confirm.
    Written refused = leader.put("key", "by one", "w=2");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.outcome()).isEqualTo("not_applied");
    assertThat(leader.read("key", "consistency=confirmed").status()).isEqualTo(503);

    cluster.follower(2).start();
    cluster.awaitLeader().awaitStreaming();
    assertThat(leader.get("key", "consistency=confirmed").map(Held::value)).contains("by both");
    Replicas.assertConverged(cluster);
  }
}
