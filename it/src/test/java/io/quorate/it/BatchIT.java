package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes of several keys are there as a whole, or not at all. */
final class BatchIT {

  private static final int BATCHES = 300;
  private static final int BEFORE_A_KILL = 60;

  /** In byte order far from each other. */
  private static final List<String> PARTS = List.of("a", "m", "z");

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void readersOfAnyNodeNeverSeeHalfOfABatch() {
    ProcessCluster cluster =
        nodes.processes(
            ClusterPlan.of(2)
                .everywhere("EVENT_LOOPS", "2")
                .with("WRITE_QUORUM", "1")
                .with("MAX_DELAY_MS", "5"));
    assertThat(cluster.leader().client().putTogether(pair(0), "w=2").status()).isEqualTo(200);
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Integer>> readers =
        Stream.of(cluster.leader(), cluster.follower(1))
            .map(node -> CompletableFuture.supplyAsync(() -> readUntil(over, node.client())))
            .toList();
    try {
      for (int number = 1; number <= BATCHES; number++) {
        assertThat(cluster.leader().client().putTogether(pair(number), "").status()).isEqualTo(200);
      }
    } finally {
      over.set(true);
    }
    List<Integer> reads = readers.stream().map(CompletableFuture::join).toList();
    System.out.println(reads + " reads during " + BATCHES + " batches");
    assertThat(reads).allMatch(count -> count > 0);
    Replicas.assertConverged(cluster);
  }

  private static Map<String, String> pair(int number) {
    return Map.of("pair/a", "" + number, "pair/z", "" + number);
  }

  /** Whichever key is read later is of the same batch or a later one. */
  private static int readUntil(AtomicBoolean over, NodeClient node) {
    int reads = 0;
    for (; !over.get(); reads++) {
      boolean forth = reads % 2 == 0;
      int earlier = number(node, forth ? "pair/a" : "pair/z");
      int later = number(node, forth ? "pair/z" : "pair/a");
      assertThat(later).as("of %s", node.url()).isGreaterThanOrEqualTo(earlier);
      JsonNode keys = node.ask("/v1/kv?prefix=pair/").json().path("keys");
      assertThat(keys).as("of %s", node.url()).hasSize(2);
      long apart = keys.path(0).path("version").asLong() - keys.path(1).path("version").asLong();
      assertThat(Math.abs(apart)).as("of %s: %s", node.url(), keys).isEqualTo(1);
    }
    return reads;
  }

  private static int number(NodeClient node, String key) {
    return Integer.parseInt(node.get(key, "").orElseThrow().value());
  }

  @Test
  void afterALeaderIsKilledAllOrNoneOfEachBatchIsThere() {
    ProcessCluster cluster =
        nodes.processes(ClusterPlan.withDisks(2).everywhere("FSYNC", "always"));
    Set<Integer> confirmed = new TreeSet<>();
    for (int round = 0; round < 2; round++) {
      int first = round * 1000;
      AtomicInteger count = new AtomicInteger();
      CompletableFuture<Set<Integer>> writer =
          CompletableFuture.supplyAsync(() -> writeUntilDown(cluster, first, count));
      Eventually.asserted(() -> assertThat(count.get()).isGreaterThan(BEFORE_A_KILL));
      cluster.leader().kill();
      confirmed.addAll(writer.join());
      cluster.leader().start();
      cluster.awaitLeader().awaitStreaming();
      Replicas.assertConverged(cluster);
      for (NodeHandle node : cluster.nodes()) {
        Map<Integer, List<String>> held = partsByBatch(node.client());
        assertThat(held.keySet()).as(node.name()).containsAll(confirmed);
        assertThat(held.values()).as(node.name()).allMatch(PARTS::equals);
      }
    }
  }

  /** Several at a time, so that some are under way when the leader goes down. */
  private static Set<Integer> writeUntilDown(
      ProcessCluster cluster, int first, AtomicInteger count) {
    List<CompletableFuture<Set<Integer>>> writers = new ArrayList<>();
    AtomicInteger next = new AtomicInteger(first);
    for (int writer = 0; writer < 4; writer++) {
      writers.add(
          CompletableFuture.supplyAsync(() -> write(cluster.leader().client(), next, count)));
    }
    Set<Integer> confirmed = new TreeSet<>();
    writers.forEach(writer -> confirmed.addAll(writer.join()));
    return confirmed;
  }

  private static Set<Integer> write(NodeClient leader, AtomicInteger next, AtomicInteger count) {
    Set<Integer> confirmed = new TreeSet<>();
    try {
      while (true) {
        int number = next.getAndIncrement();
        Map<String, String> values = new TreeMap<>();
        PARTS.forEach(part -> values.put(part + "/" + number, "value"));
        if (leader.putTogether(values, "w=1").status() == 200) {
          confirmed.add(number);
          count.incrementAndGet();
        }
      }
    } catch (UncheckedIOException down) {
      return confirmed;
    }
  }

  private static Map<Integer, List<String>> partsByBatch(NodeClient node) {
    Map<Integer, List<String>> parts = new TreeMap<>();
    String after = "";
    do {
      JsonNode page = node.ask("/v1/kv?limit=1000&after=" + after).json();
      for (JsonNode key : page.path("keys")) {
        String[] partAndNumber = key.path("key").asText().split("/", 2);
        parts
            .computeIfAbsent(Integer.valueOf(partAndNumber[1]), number -> new ArrayList<>())
            .add(partAndNumber[0]);
      }
      after = page.path("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    return parts;
  }
}
