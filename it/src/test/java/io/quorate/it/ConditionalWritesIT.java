package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Compare and set by ETags, and reads of one's own writes, at any node. */
final class ConditionalWritesIT {

  private static final int CLIENTS = 100;
  private static final int INCREMENTS = 3;

  @RegisterExtension private final Nodes nodes = new Nodes();

  private final HttpClient http =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();

  @Test
  void aHundredClientsThatIncrementOneCounterOverFollowersLoseNoIncrement() throws Exception {
    ProcessCluster cluster =
        nodes.processes(
            ClusterPlan.withDisks(2).with("MAX_DELAY_MS", "2").with("WRITE_QUORUM", "1"));
    assertThat(cluster.leader().client().put("counter", "0", "w=2").status()).isEqualTo(200);
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Integer>> all =
          IntStream.range(0, CLIENTS)
              .<Callable<Integer>>mapToObj(
                  client -> () -> increment(cluster.nodes().get(client % 3), INCREMENTS))
              .toList();
      int tries = 0;
      for (Future<Integer> client : clients.invokeAll(all)) {
        tries += client.get();
      }
      System.out.println(CLIENTS * INCREMENTS + " increments in " + tries + " tries");
    } finally {
      clients.shutdownNow();
    }
    assertThat(cluster.leader().client().get("counter", "").map(Held::value))
        .contains("" + CLIENTS * INCREMENTS);
    Replicas.assertConverged(cluster);
  }

  /** Returns how often it tried. */
  private int increment(NodeHandle node, int times) throws IOException, InterruptedException {
    URI counter = URI.create(node.url() + "/v1/kv/counter?consistency=confirmed");
    int tries = 0;
    for (int done = 0; done < times; tries++) {
      HttpResponse<String> read = send(HttpRequest.newBuilder(counter));
      assertThat(read.statusCode()).isEqualTo(200);
      String next = "" + (Integer.parseInt(read.body()) + 1);
      HttpResponse<String> written =
          send(
              HttpRequest.newBuilder(URI.create(node.url() + "/v1/kv/counter"))
                  .header("If-Match", read.headers().firstValue("ETag").orElseThrow())
                  .PUT(HttpRequest.BodyPublishers.ofString(next)));
      assertThat(written.statusCode()).as(written.body()).isIn(200, 412);
      done += written.statusCode() == 200 ? 1 : 0;
    }
    return tries;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  @Test
  void writersReadTheirOwnWritesAtAnyFollowerThatTheyHaveWait() {
    ProcessCluster cluster =
        nodes.processes(
            ClusterPlan.withDisks(2).with("MIN_DELAY_MS", "20").with("MAX_DELAY_MS", "40"));
    for (int number = 0; number < 30; number++) {
      Written written = cluster.leader().client().put("key", "value " + number, "w=0");
      String token = written.epoch() + "." + written.version();
      for (NodeHandle node : cluster.nodes()) {
        assertThat(
                node.client().get("key", "consistency=local&min_version=" + token).map(Held::value))
            .as(node.name())
            .contains("value " + number);
      }
    }
    Answer never = cluster.follower(1).client().read("key", "min_version=999.1&timeout=100ms");
    assertThat(never.status()).isEqualTo(504);
  }
}
