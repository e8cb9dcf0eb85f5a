package io.quorate.node;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A leader and two followers with disks in this virtual machine. */
final class SmallCluster implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Node> nodes = new ArrayList<>();
  private final Path disks;

  /** Ready to confirm writes of both followers. */
  SmallCluster(Path disks) throws Exception {
    this.disks = disks;
    Node one = start("ROLE", "follower");
    Node two = start("ROLE", "follower");
    start("ROLE", "leader", "FOLLOWER_URLS", one.url() + "," + two.url(), "WRITE_QUORUM", "2");
    await().until(() -> get(leader(), "/readyz").statusCode() == 200);
    await().until(() -> get(follower(), "/readyz").statusCode() == 200);
    await().until(() -> get(leader(), "/v1/status").body().split("\"streaming\"", -1).length == 3);
  }

  private Node start(String... variables) throws Exception {
    Map<String, String> environment =
        new HashMap<>(Map.of("BIND_ADDRESS", "127.0.0.1", "PORT", "0", "TRANSPORT", "nio"));
    environment.put("DATA_DIR", disks.resolve("node-" + nodes.size()).toString());
    environment.put("MAX_VALUE_BYTES", "1000");
    environment.put("SEGMENT_BYTES", "4194304");
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    Node node = Node.start(NodeConfig.read(new Environment(environment)));
    nodes.add(node);
    return node;
  }

  String leader() {
    return nodes.get(2).url();
  }

  /** Both have served all that a leader has served once it is ready. */
  String follower() {
    return nodes.get(0).url();
  }

  HttpResponse<String> get(String node, String path, String... headers) throws Exception {
    return send("GET", node, path, "", headers);
  }

  HttpResponse<String> send(String method, String node, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  Scrape scrape(String node) throws Exception {
    return Scrape.of(get(node, "/metrics").body());
  }

  @Override
  public void close() {
    nodes.forEach(Node::stop);
  }
}
