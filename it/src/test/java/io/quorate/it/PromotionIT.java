package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.it.history.History;
import io.quorate.it.history.Violation.Promise;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A follower that takes leadership over from a leader that is gone. */
final class PromotionIT {

  private static final String TIMEOUT = "timeout=20s";

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void promotedFollowerHoldsAllThatWasConfirmedAndTheOldLeaderComesBackAsItsFollower() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle old = cluster.leader();
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 1, 2).withDeletes(20);
    History history = new History();
    Cluster led;
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history);
        Readers readers = Readers.ofAnyLeader(cluster, shape, history)) {
      load.awaitConfirmed(300);
      old.kill();
      led = Leading.promote(cluster, cluster.follower(2));
      load.awaitConfirmed(100);
      old.start();
      led.awaitStreaming();
      load.awaitConfirmed(100);
      readers.awaitReads(old, 20);
      load.stop();
      readers.stop();
    }
    assertThat(Leading.isLeader(old)).isFalse();
    assertThat(Leading.isUnclean(led.leader())).isFalse();
    Answer refused = led.leader().client().promote(TIMEOUT);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail()).contains("leads");
    for (NodeHandle follower : led.followers()) {
      Written redirected = follower.client().put("key-1", "to a follower", "w=1");
      assertThat(redirected.status()).as(follower.name()).isEqualTo(307);
      assertThat(redirected.location()).startsWith(led.leader().url() + "/v1/kv/key-1");
    }
    Replicas.assertConverged(led);
    Histories.assertHolds(led, history);

    assertPersistedRolesOutrankConfiguredOnes(led, old);
    Histories.assertHolds(led, history);
  }

  /** The one with ROLE=leader follows, and one with ROLE=follower leads by itself. */
  private static void assertPersistedRolesOutrankConfiguredOnes(Cluster led, NodeHandle old) {
    long epoch = Leading.epochOf(led.leader());
    led.nodes().parallelStream().forEach(NodeHandle::kill);
    led.nodes().parallelStream().forEach(NodeHandle::start);
    Cluster again = led.awaitLeader();
    assertThat(again.leader()).isSameAs(led.leader()).isNotSameAs(old);
    assertThat(Leading.epochOf(again.leader())).isGreaterThan(epoch);
    again.awaitStreaming();
    Replicas.assertConverged(again);
  }

  @Test
  void oldLeaderDropsWhatItsSuccessorDoesNotHold() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle old = cluster.leader();
    Writer writer = new Writer(old.client(), new History());
    assertThat(writer.put("both", "confirmed", "w=2").status()).isEqualTo(200);
    cluster.followers().forEach(NodeHandle::kill);
    assertThat(writer.put("both", "of the leader alone", "w=0").status()).isEqualTo(200);
    assertThat(writer.put("alone", "of the leader alone", "w=0").status()).isEqualTo(200);
    old.kill();
    cluster.followers().parallelStream().forEach(NodeHandle::start);

    Cluster led = Leading.promote(cluster, cluster.follower(1));
    old.start();
    led.awaitStreaming();

    Replicas.assertConverged(led);
    for (NodeHandle node : led.nodes()) {
      assertThat(node.client().get("alone", "consistency=local")).isEmpty();
      assertThat(node.client().get("both", "consistency=local").map(Held::value))
          .as(node.name())
          .contains("confirmed");
    }
  }

  @Test
  void promotionThatCouldLoseWritesIsRefusedAndTellsWhatAndWhenForcedIsUncleanFromThenOn() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(3));
    assertThat(cluster.leader().client().put("key", "value", "w=3").status()).isEqualTo(200);
    List<NodeHandle> gone = List.of(cluster.leader(), cluster.follower(3));
    gone.forEach(NodeHandle::kill);
    NodeHandle promoted = cluster.follower(1);

    Answer refused = promoted.client().promote("timeout=1s");

    assertThat(refused.status()).as("%s", refused).isEqualTo(409);
    assertThat(refused.json().path("needed").asInt()).as("%s", refused).isEqualTo(3);
    assertThat(refused.json().path("grants").asInt()).as("%s", refused).isEqualTo(2);
    assertThat(refused.detail())
        .contains(gone.stream().map(node -> node.id() + " does not answer").toList())
        .endsWith("without them, confirmed writes that only they hold could be lost");
    assertThat(Leading.isLeader(promoted)).isFalse();

    Answer forced = promoted.client().promote("force=true&" + TIMEOUT);

    assertThat(forced.status()).as("%s", forced).isEqualTo(200);
    assertThat(forced.json().path("unclean").asBoolean()).isTrue();
    assertThat(Leading.isUnclean(promoted)).isTrue();
    assertThat(promoted.client().put("key", "by the forced leader", "w=1").status()).isEqualTo(200);
    gone.parallelStream().forEach(NodeHandle::start);
    Cluster led = cluster.ledBy(promoted);
    led.awaitStreaming();
    promoted.kill();
    promoted.start();
    assertThat(cluster.awaitLeader().leader()).isSameAs(promoted);
    led.awaitStreaming();
    assertThat(led.nodes()).allMatch(Leading::isUnclean);
    Replicas.assertConverged(led);
  }

  /** The history checker is shown what a forced promotion can do. */
  @Test
  void confirmedWriteThatAForcedPromotionLosesIsFound() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle behind = cluster.follower(1);
    NodeHandle wiped = cluster.follower(2);
    History history = new History();
    Writer writer = new Writer(cluster.leader().client(), history);
    assertThat(writer.put("key", "of both", "w=2").status()).isEqualTo(200);
    behind.kill();
    assertThat(writer.put("key", "of the other", "w=1").status()).isEqualTo(200);
    cluster.leader().kill();
    wiped.kill();
    wiped.wipe();
    List.of(behind, wiped).parallelStream().forEach(NodeHandle::start);

    Answer forced = behind.client().promote("force=true&" + TIMEOUT);

    assertThat(forced.status()).as("%s", forced).isEqualTo(200);
    assertThat(forced.json().path("unclean").asBoolean()).isTrue();
    cluster.leader().start();
    Cluster led = cluster.ledBy(behind);
    led.awaitStreaming();
    Replicas.assertConverged(led);
    assertThatThrownBy(() -> Histories.assertHolds(led, history))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(Promise.KEPT + ": a confirmed write is lost")
        .hasMessageContaining("of the other");
  }

  @Test
  void ofTwoFollowersPromotedAtOnceAtMostOneLeads() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 20, 4, 1, 2);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(ClusterClient.of(cluster), shape, history);
        Readers readers = Readers.ofAnyLeader(cluster, shape, history)) {
      load.awaitConfirmed(100);
      cluster.leader().kill();
      List<CompletableFuture<Answer>> promotions =
          cluster.followers().stream()
              .map(node -> CompletableFuture.supplyAsync(() -> node.client().promote(TIMEOUT)))
              .toList();
      List<Answer> answers = promotions.stream().map(CompletableFuture::join).toList();
      System.out.println("two promotions at once: " + answers);
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 200)
          .extracting(answer -> answer.json().path("epoch").asLong())
          .doesNotHaveDuplicates();
      Cluster led = onlyLeader(cluster, answers);
      load.awaitConfirmed(100);
      cluster.leader().start();
      led.awaitStreaming();
      load.stop();
      readers.stop();
      Replicas.assertConverged(led);
      Histories.assertHolds(led, history);
    }
  }

  /** Where both gave way to each other neither leads, and one is promoted again. */
  private static Cluster onlyLeader(Cluster cluster, List<Answer> answers) {
    if (answers.stream().noneMatch(answer -> answer.status() == 200)) {
      assertThat(cluster.followers()).noneMatch(Leading::serves);
      return Leading.promote(cluster, cluster.follower(1));
    }
    Cluster led = cluster.awaitLeader();
    assertThat(cluster.followers().stream().filter(NodeHandle::isRunning))
        .filteredOn(Leading::serves)
        .hasSize(1);
    return led;
  }

  @Test
  void memberOfAClusterInMemoryIsPromotedUncleanly() {
    Cluster cluster = nodes.processes(ClusterPlan.of(2).with("WRITE_QUORUM", "2"));
    assertThat(Leading.isUnclean(cluster.leader())).isFalse();
    assertThat(cluster.leader().client().put("key", "kept", "").status()).isEqualTo(200);
    cluster.leader().kill();
    NodeHandle promoted = cluster.follower(1);

    Answer answer = promoted.client().promote("force=true&" + TIMEOUT);

    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    assertThat(answer.json().path("unclean").asBoolean()).isTrue();
    assertThat(Leading.isUnclean(promoted)).isTrue();
    assertThat(promoted.client().get("key", "consistency=confirmed").map(Held::value))
        .isEqualTo(Optional.of("kept"));
    assertThat(promoted.client().put("key", "by the next", "w=1").status()).isEqualTo(200);
  }
}
