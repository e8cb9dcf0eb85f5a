package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that start again, with all of what they had on their disks, less of it, or nothing. */
final class RestartIT {

  private static final int VALUE_BYTES = 8 << 10;
  private static final int KEYS = 500;
  private static final int MISSED = 20;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void followerThatComesBackIsSentOnlyWhatItMissed() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle restarted = cluster.follower(2);
    Map<String, Optional<Held>> expected = new TreeMap<>();
    put(cluster, "first", KEYS, 2, expected);
    String incarnation = incarnation(restarted);
    restarted.kill();
    put(cluster, "missed", MISSED, 1, expected);
    long sentBefore = sentBytes(cluster, restarted);

    restarted.start();
    cluster.awaitState(restarted, "streaming");

    Replicas.assertConverged(cluster);
    Replicas.assertShow(cluster, expected);
    assertThat(incarnation(restarted)).isEqualTo(incarnation);
    long sent = sentBytes(cluster, restarted);
    long since = sent >= sentBefore ? sent - sentBefore : sent;
    System.out.println(
        "sent to a follower that came back: "
            + since
            + " bytes, of a store of "
            + KEYS
            + " x 8 KiB");
    assertThat(since).isBetween((long) MISSED * VALUE_BYTES, 3L * MISSED * VALUE_BYTES);
  }

  @Test
  void wholeClusterKilledAtOnceHoldsEverythingWhenItIsBack() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    WriteLoad.Shape shape = WriteLoad.Shape.of("key-", 100, 4, 1, 2).withDeletes(20);
    History history = new History();
    try (WriteLoad load = WriteLoad.start(cluster.leader().client(), shape, history)) {
      load.awaitConfirmed(300);
      cluster.nodes().parallelStream().forEach(NodeHandle::kill);
      load.stop();
    }
    cluster.nodes().parallelStream().forEach(NodeHandle::start);

    Cluster led = cluster.awaitLeader();

    assertThat(led.leader()).isSameAs(cluster.leader());
    led.awaitStreaming();
    Replicas.assertConverged(led);
    Histories.assertHolds(led, history);
    assertThat(Leading.isUnclean(led.leader())).isFalse();
  }

  /** It has lost what only it had, and takes what the followers hold. */
  @Test
  void leaderWhoseDiskHoldsATailLessOrNothingLeadsAgainWithAllThatWasConfirmed() {
    ProcessCluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    History history = new History();
    Writer writer = new Writer(cluster.leader().client(), history);
    Written first = writer.put("key", "first", "w=2");
    assertThat(first.status()).isEqualTo(200);
    assertThat(writer.put("torn", "begins the tail", "w=2").status()).isEqualTo(200);
    assertThat(writer.put("key", "of the tail", "w=2").status()).isEqualTo(200);
    cluster.leader().kill();
    cluster.leader().disk().tear("begins the tail");
    long tornEpoch = restarted(cluster, history, first.epoch());
    assertThat(cluster.leader().printed()).containsPattern("[0-9]+ bytes");

    assertThat(writer.put("key", "before the wipe", "w=2").status()).isEqualTo(200);
    String incarnation = incarnation(cluster.leader());
    cluster.leader().kill();
    cluster.leader().wipe();
    restarted(cluster, history, tornEpoch);
    assertThat(incarnation(cluster.leader())).isNotEqualTo(incarnation);
    Written last = writer.put("key", "after the wipe", "w=2");
    assertThat(last.status()).isEqualTo(200);
    Histories.assertHolds(cluster, history);
  }

  private static long restarted(Cluster cluster, History history, long epochBefore) {
    cluster.leader().start();
    assertThat(cluster.awaitLeader().leader()).isSameAs(cluster.leader());
    cluster.awaitStreaming();
    Replicas.assertConverged(cluster);
    Histories.assertHolds(cluster, history);
    long epoch = Leading.epochOf(cluster.leader());
    assertThat(epoch).isGreaterThan(epochBefore);
    return epoch;
  }

  /** It might show less than it did before, until it has heard from a leader. */
  @Test
  void localReadsOfAFollowerThatComesBackAreRefusedUntilItIsLevel() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle restarted = cluster.follower(1);
    assertThat(cluster.leader().client().put("key", "value", "w=2").status()).isEqualTo(200);
    assertThat(restarted.client().read("key", "consistency=local").status()).isEqualTo(200);
    restarted.kill();
    cluster.leader().pause();
    restarted.start();

    Answer refused = restarted.client().read("key", "consistency=local");

    assertThat(refused.status()).as("%s", refused).isEqualTo(503);
    cluster.leader().resume();
    cluster.awaitStreaming();
    assertThat(restarted.client().get("key", "consistency=local").map(Held::value))
        .contains("value");
  }

  /** Its variables say that it follows, and nothing on its disk says otherwise. */
  @Test
  void promotedLeaderWhoseDiskIsEmptyWaitsToBeLed() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    assertThat(cluster.leader().client().put("key", "value", "w=2").status()).isEqualTo(200);
    cluster.leader().kill();
    NodeHandle wiped = cluster.follower(1);
    Cluster led = Leading.promote(cluster, wiped);
    cluster.leader().start();
    led.awaitStreaming();
    wiped.kill();
    wiped.wipe();
    wiped.start();

    assertThat(wiped.client().put("key", "to nobody", "w=1").status()).isEqualTo(503);
    for (int asked = 0; asked < 10; asked++) {
      assertThat(wiped.client().readiness().detail()).contains("no leader has made contact");
    }
    Cluster again = Leading.promote(cluster, cluster.follower(2));
    again.awaitStreaming();
    Replicas.assertConverged(again);
    assertThat(wiped.client().get("key", "consistency=local").map(Held::value)).contains("value");
  }

  /** Two of three have to grant; of the two that run, one has lost what it held. */
  @Test
  void followerThatLostItsDiskCountsForNothingUntilItWasSentASnapshot() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle wiped = cluster.follower(2);
    Map<String, Optional<Held>> expected = new TreeMap<>();
    put(cluster, "first", MISSED, 2, expected);
    String incarnation = incarnation(wiped);
    cluster.leader().kill();
    wiped.kill();
    wiped.wipe();
    wiped.start();

    Answer refused = cluster.follower(1).client().promote("timeout=1s");

    assertThat(refused.status()).as("%s", refused).isEqualTo(409);
    assertThat(refused.json().path("grants").asInt()).as("%s", refused).isEqualTo(1);
    assertThat(refused.json().path("needed").asInt()).as("%s", refused).isEqualTo(2);
    cluster.leader().start();
    cluster.awaitLeader().awaitStreaming();
    assertThat(incarnation(wiped)).isNotEqualTo(incarnation);
    Replicas.assertConverged(cluster);
    Replicas.assertShow(cluster, expected);
    cluster.leader().kill();
    Cluster led = Leading.promote(cluster, cluster.follower(1));
    cluster.leader().start();
    led.awaitStreaming();
    Replicas.assertConverged(led);
  }

  private static void put(
      Cluster cluster, String what, int count, int w, Map<String, Optional<Held>> expected) {
    for (int number = 0; number < count; number++) {
      String value = (what + " " + number + " ").repeat(VALUE_BYTES).substring(0, VALUE_BYTES);
      Written answer = cluster.leader().client().put("key-" + number, value, "w=" + w);
      assertThat(answer.status()).isEqualTo(200);
      expected.put("key-" + number, Optional.of(new Held(value, answer.epoch(), answer.version())));
    }
  }

  private static long sentBytes(Cluster cluster, NodeHandle follower) {
    return cluster.seenByLeader(follower).path("sent_bytes").asLong();
  }

  private static String incarnation(NodeHandle node) {
    return node.client().status().path("incarnation").asText();
  }
}
