package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.it.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A leader with five followers, of which two are stopped. */
@OnBothKinds
final class WriteQuorumIT {

  private static final String KEY = "account/7";

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void withTwoOfFiveStoppedThreeConfirmAndFourDoNotUntilTheyAreBack() {
    Cluster cluster = nodes.cluster(ClusterPlan.of(5).with("LINK_TIMEOUT_MS", "3000"));
    NodeClient leader = cluster.leader().client();
    History history = new History();
    Writer writer = new Writer(leader, history);
    Written before = writer.put(KEY, "before", "w=5");
    assertThat(before.status()).isEqualTo(200);
    cluster.follower(2).pause();
    cluster.follower(4).pause();

    Written four = writer.put(KEY, "by four", "w=4&timeout=1s");
    assertThat(four.status()).isEqualTo(504);
    assertThat(four.outcome()).isEqualTo("unconfirmed");
    assertThat(four.acknowledged()).isEqualTo(3);
    assertThat(four.required()).isEqualTo(4);
    assertThat(four.location()).isEqualTo("/v1/writes/" + four.token());
    assertHeldByTheThreeThatRun(cluster, four);
    assertThat(leader.get(KEY, "consistency=confirmed"))
        .contains(new Held("before", before.epoch(), before.version()));

    assertThat(writer.put("other", "by three", "w=3").status()).isEqualTo(200);
    assertRefusedOnceTheLeaderKnows(cluster, writer);

    cluster.follower(2).resume();
    cluster.follower(4).resume();
    Eventually.asserted(
        () -> assertThat(report(leader, four).path("confirmed").asBoolean()).isTrue());
    assertThat(leader.get(KEY, "consistency=confirmed"))
        .contains(new Held("by four", four.epoch(), four.version()));
    Eventually.asserted(() -> assertThat(report(leader, four).path("acks").asInt()).isEqualTo(5));
    cluster.awaitStreaming();
    assertThat(writer.put("other", "by four again", "w=4").status()).isEqualTo(200);
    Replicas.assertConverged(cluster);
    Histories.assertHolds(cluster, history);
  }

  /** {@code /v1/writes} names exactly them, and each of them shows the write when it is read. */
  private static void assertHeldByTheThreeThatRun(Cluster cluster, Written write) {
    JsonNode report = report(cluster.leader().client(), write);
    assertThat(report.path("confirmed").asBoolean()).isFalse();
    assertThat(report.path("acks").asInt()).isEqualTo(3);
    assertThat(report.path("required").asInt()).isEqualTo(4);
    List<String> holders = new ArrayList<>();
    for (JsonNode follower : report.path("followers")) {
      if (follower.path("acknowledged").asBoolean()) {
        holders.add(follower.path("id").asText());
      }
    }
    List<NodeHandle> running =
        List.of(cluster.follower(1), cluster.follower(3), cluster.follower(5));
    assertThat(holders).containsExactlyElementsOf(running.stream().map(NodeHandle::id).toList());
    Optional<Held> written = Optional.of(new Held("by four", write.epoch(), write.version()));
    for (NodeHandle follower : running) {
      assertThat(follower.client().get(KEY, "")).isEqualTo(written);
    }
    assertThat(cluster.leader().client().get(KEY, "consistency=local")).isEqualTo(written);
  }

  /** Such a write is given no version: it is not applied, and says so. */
  private static void assertRefusedOnceTheLeaderKnows(Cluster cluster, Writer writer) {
    NodeClient leader = cluster.leader().client();
    cluster.awaitState(cluster.follower(2), "probing");
    cluster.awaitState(cluster.follower(4), "probing");
    long lastVersion = leader.status().path("last_version").asLong();
    Written refused = writer.put("refused", "by four", "w=4");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.outcome()).isEqualTo("not_applied");
    assertThat(refused.version()).isZero();
    assertThat(leader.status().path("last_version").asLong()).isEqualTo(lastVersion);
    assertThat(leader.get("refused", "consistency=local")).isEmpty();
    assertThat(writer.put("other", "by three still", "w=3").status()).isEqualTo(200);
  }

  private static JsonNode report(NodeClient leader, Written write) {
    return leader.write(write.token()).json();
  }
}
