package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that are sent again and carried out once, whatever happened in between. */
final class IdempotencyIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void repeatAfterA504GetsTheSameVersionAndIsConfirmedOnceTheQuorumIsBack() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    NodeClient leader = cluster.leader().client();
    cluster.follower(2).pause();
    Answer first = leader.put("key", "value", "w=2&timeout=200ms", "order-1");
    assertThat(first.status()).as("%s", first).isEqualTo(504);
    assertThat(leader.put("key", "newer", "w=1").status()).isEqualTo(200);
    Answer second = leader.put("key", "value", "w=2&timeout=200ms", "order-1");
    assertThat(second.status()).as("%s", second).isEqualTo(504);
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));

    cluster.follower(2).resume();
    Answer third = leader.put("key", "value", "w=2&timeout=20s", "order-1");

    assertThat(third.status()).as("%s", third).isEqualTo(200);
    assertThat("/v1/writes/" + Written.of(third).token()).isEqualTo(first.header("Location"));
    assertThat(third.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(leader.get("key", "").map(Held::value)).contains("newer");
    Replicas.assertConverged(cluster);
  }

  @Test
  void repeatAtTheNextLeaderGetsTheVersionThatTheFirstGave() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    Answer first = cluster.leader().client().put("key", "value", "w=1", "order-2");
    assertThat(first.status()).isEqualTo(200);
    cluster.leader().kill();
    Cluster led = Leading.promote(cluster, cluster.follower(1));
    NodeClient next = led.leader().client();
    long epoch = Leading.epochOf(led.leader());

    Answer again = next.put("key", "value", "w=1", "order-2");

    assertThat(again.status()).as("%s", again).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(Written.of(again).epoch()).isLessThan(epoch);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    Answer other = next.put("key", "other", "w=1", "order-2");
    assertThat(other.status()).as("%s", other).isEqualTo(422);
    assertThat(Written.of(other).token()).isEqualTo(Written.of(first).token());
    assertThat(Written.of(other).outcome()).isEqualTo("not_applied");
    assertThat(next.get("key", "").map(Held::value)).contains("value");
  }

  /** Of its two followers the next leader has one, until the first leader comes back. */
  @Test
  void repeatAtTheNextLeaderWaitsForAsManyFollowersAsTheFirstAskedFor() {
    Cluster cluster = nodes.processes(ClusterPlan.withDisks(2));
    Answer first = cluster.leader().client().put("key", "value", "w=2", "order-4");
    assertThat(first.status()).isEqualTo(200);
    cluster.leader().kill();
    NodeClient next = Leading.promote(cluster, cluster.follower(1)).leader().client();

    Answer early = next.put("key", "value", "w=1&timeout=2s", "order-4");
    assertThat(early.status()).as("%s", early).isEqualTo(504);
    assertThat(early.header("Location")).startsWith("/v1/writes/");
    assertThat(early.json().path("acked").asInt()).isOne();
    assertThat(early.json().path("required").asInt()).isEqualTo(2);

    cluster.leader().start();
    Answer again = next.put("key", "value", "w=1&timeout=20s", "order-4");
    assertThat(again.status()).as("%s", again).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(again.json().path("acks").asInt()).isEqualTo(2);
  }

  @Test
  void keyIsForgottenAfterItsTime() {
    Cluster cluster = nodes.processes(ClusterPlan.of(1).everywhere("IDEMPOTENCY_MS", "2000"));
    NodeClient leader = cluster.leader().client();
    Answer first = leader.put("key", "value", "w=1", "order-3");
    assertThat(leader.put("key", "value", "w=1", "order-3").header("ETag"))
        .isEqualTo(first.header("ETag"));
    Eventually.asserted(
        () -> assertThat(leader.put("key", "other", "w=1", "order-3").status()).isEqualTo(200));
    assertThat(leader.get("key", "").orElseThrow().version())
        .isEqualTo(Written.of(first).version() + 1);
  }
}
