package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a leader without a disk comes to lead, and when it refuses to. */
@OnBothKinds
final class LeaderRestartIT {

  private static final int WRITES = 10;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void leaderThatRestartsEmptyRefusesToLeadAndNamesWhoHoldsWhat() {
    Cluster cluster = nodes.cluster(ClusterPlan.of(2).with("WRITE_QUORUM", "all"));
    NodeClient leader = cluster.leader().client();
    History history = new History();
    Writer writer = new Writer(leader, history);
    for (int key = 1; key <= WRITES; key++) {
      assertThat(writer.put("key-" + key, "kept", "").status()).isEqualTo(200);
    }
    cluster.leader().kill();
    cluster.leader().start();

    Eventually.asserted(
        () -> {
          Answer readiness = leader.readiness();
          assertThat(readiness.status()).isEqualTo(503);
          for (NodeHandle follower : cluster.followers()) {
            assertThat(readiness.detail())
                .contains(follower.id() + " holds mutations through 1." + WRITES);
          }
        });
    Written refused = writer.put("key-1", "of an empty leader", "w=0");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.outcome()).isEqualTo("not_applied");
    for (NodeHandle follower : cluster.followers()) {
      assertThat(follower.client().get("key-1", "").map(Held::value)).contains("kept");
      assertThat(follower.client().status().path("keys").asInt()).isEqualTo(WRITES);
    }
    Histories.assertHolds(cluster.followers(), history);

    cluster.followers().forEach(NodeHandle::kill);
    cluster.followers().forEach(NodeHandle::start);
    Eventually.asserted(() -> assertThat(leader.readiness().status()).isEqualTo(200));
    cluster.awaitStreaming();
    assertThat(leader.put("key-1", "begun anew", "").status()).isEqualTo(200);
    assertThat(leader.get("key-2", "")).isEqualTo(Optional.empty());
    Replicas.assertConverged(cluster);
  }

  @Test
  void leaderKilledUnderLoadLeavesEachFollowerWithAllThatBothConfirmed() {
    Cluster cluster = nodes.cluster(ClusterPlan.of(2));
    NodeHandle leader = cluster.leader();
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 20, 4, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(leader.client(), shape, history);
        Readers readers = Readers.start(cluster, shape, history)) {
      load.awaitConfirmed(300);
      readers.awaitReads(leader, 50);
      leader.kill();
      Eventually.asserted(
          () ->
              assertThat(load.failures())
                  .hasSizeGreaterThan(20)
                  .isSubsetOf(Written.unanswered(), Written.unsent())
                  .contains(Written.unsent()));
      cluster.followers().forEach(follower -> readers.awaitReads(follower, 50));
      load.stop();
      readers.stop();
    }
    // Not compared with each other: one may have a write that nobody confirmed.
    cluster.followers().forEach(follower -> Histories.assertHolds(List.of(follower), history));
  }

  @Test
  void followerWhoseNameDoesNotResolveIsOneOutOfReachAndNoConfigurationError() {
    String unresolvable = "http://follower-without-address.invalid:8080";
    Cluster cluster =
        nodes.cluster(
            ClusterPlan.of(1).withUnstartedFollower(unresolvable).with("WRITE_QUORUM", "1"));
    NodeClient leader = cluster.leader().client();

    assertThat(leader.readiness().status()).isEqualTo(200);
    assertThat(leader.put("key", "by one", "w=1").status()).isEqualTo(200);
    Written byTwo = leader.put("key", "by two", "w=2");
    assertThat(byTwo.status()).isEqualTo(503);
    assertThat(byTwo.outcome()).isEqualTo("not_applied");
    assertThat(leader.put("key", "by three", "w=3").status()).isEqualTo(400);
    assertThat(leader.status().path("followers")).hasSize(2);
    assertThat(leader.status().path("followers").path(1).path("url").asText())
        .isEqualTo(unresolvable);
    assertThat(leader.status().path("followers").path(1).path("state").asText())
        .isEqualTo("probing");
  }
}
