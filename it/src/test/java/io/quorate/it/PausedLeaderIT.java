package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A leader that stands still while another takes its place, and wakes up in the belief that it
 * leads.
 */
final class PausedLeaderIT {

  private static final int READS = 20;
  private static final int UNANSWERED = 0;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void leaderThatWakesUpReplacedServesNoConfirmedReadAndTellsItsClientsThatItDoesNotKnow()
      throws Exception {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeHandle old = cluster.leader();
    History history = new History();
    Writer toTheOld = new Writer(old.client(), history);
    assertThat(toTheOld.put("key", "of the old", "w=2").status()).isEqualTo(200);
    // Given before it stands still, and confirmed by nobody.
    cluster.followers().forEach(NodeHandle::pause);
    CompletableFuture<Written> waiting =
        CompletableFuture.supplyAsync(() -> toTheOld.put("waiting", "waiting", "w=2&timeout=7s"));
    Eventually.asserted(
        () -> assertThat(old.client().status().path("last_version").asLong()).isEqualTo(2));
    old.pause();
    cluster.followers().forEach(NodeHandle::resume);
    // Asked while it stands still: read only once it has woken up.
    List<CompletableFuture<Answer>> reads = new ArrayList<>();
    for (int count = 0; count < READS; count++) {
      reads.add(asked(() -> old.client().read("key", "consistency=confirmed")));
    }
    CompletableFuture<Written> late =
        CompletableFuture.supplyAsync(() -> toTheOld.put("key", "late", "w=1"));

    Cluster led = Leading.promote(cluster, cluster.follower(1));
    Writer toTheNew = new Writer(led.leader().client(), history);
    assertThat(toTheNew.put("key", "of the new", "w=1").status()).isEqualTo(200);
    old.resume();

    for (CompletableFuture<Answer> read : reads) {
      assertThat(statusOf(read)).isIn(UNANSWERED, 307, 503);
    }
    assertThat(statusOf(asked(() -> old.client().read("key", "consistency=confirmed"))))
        .isIn(UNANSWERED, 307, 503);
    assertThat(waiting.get(10, TimeUnit.SECONDS))
        .satisfies(answer -> assertThat(answer.status()).isIn(UNANSWERED, 503))
        .satisfies(answer -> assertThat(answer.outcome()).isEqualTo("unknown"));
    assertThat(late.get(10, TimeUnit.SECONDS).status()).isNotEqualTo(200);
    led.awaitStreaming();
    Eventually.asserted(() -> assertThat(Leading.isLeader(old)).isFalse());
    Written redirected = toTheOld.put("key", "redirected", "w=1");
    assertThat(redirected.status()).isEqualTo(307);
    assertThat(redirected.location()).startsWith(led.leader().url());
    Replicas.assertConverged(led);
    Histories.assertHolds(led, history);
  }

  private static CompletableFuture<Answer> asked(Supplier<Answer> question) {
    return CompletableFuture.supplyAsync(question);
  }

  private static int statusOf(CompletableFuture<Answer> asked) throws Exception {
    try {
      return asked.get(20, TimeUnit.SECONDS).status();
    } catch (java.util.concurrent.ExecutionException failed) {
      assertThat(failed).hasCauseInstanceOf(UncheckedIOException.class);
      return UNANSWERED;
    }
  }

  /** Where followers stop answering it, a leader stops serving confirmed reads within its lease. */
  @Test
  void leaderThatNobodyAnswersStopsServingConfirmedReadsAndGoesOnWithLocalOnes() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeClient leader = cluster.leader().client();
    assertThat(leader.put("key", "value", "w=2").status()).isEqualTo(200);
    assertThat(leader.status().path("lease_ms").asInt()).isEqualTo(500);
    assertThat(leader.read("key", "consistency=confirmed").status()).isEqualTo(200);
    long begun = System.nanoTime();
    cluster.followers().forEach(NodeHandle::pause);

    Eventually.asserted(
        () -> assertThat(leader.read("key", "consistency=confirmed").status()).isEqualTo(503));
    System.out.println(
        "confirmed reads stopped after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    assertThat(leader.read("key", "consistency=local").status()).isEqualTo(200);
    assertThat(leader.status().path("lease_left_ms").asInt()).isNotPositive();

    cluster.followers().forEach(NodeHandle::resume);
    Eventually.asserted(
        () -> assertThat(leader.read("key", "consistency=confirmed").status()).isEqualTo(200));
  }
}
