package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A client of one node. A node that does not answer is an {@link UncheckedIOException}. */
final class NodeClient implements Writable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String url;
  private final Duration limit;

  NodeClient(String url) {
    this(url, LIMIT);
  }

  private NodeClient(String url, Duration limit) {
    this.url = url;
    this.limit = limit;
  }

  @Override
  public NodeClient within(Duration limit) {
    return new NodeClient(url, limit);
  }

  /** The same client, of another node. */
  NodeClient at(String url) {
    return new NodeClient(url, limit);
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public Written put(String key, String value, String query) {
    return Written.of(send("PUT", keyPath(key, query), BodyPublishers.ofString(value)));
  }

  @Override
  public Written delete(String key, String query) {
    return Written.of(send("DELETE", keyPath(key, query), BodyPublishers.noBody()));
  }

  /** The same, marked so that it may be sent again. */
  Answer put(String key, String value, String query, String idempotencyKey) {
    return send(
        "PUT",
        keyPath(key, query),
        BodyPublishers.ofString(value),
        "Idempotency-Key",
        idempotencyKey);
  }

  /** Puts all of these, or none. */
  Answer putTogether(Map<String, String> values, String query) {
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    values.forEach(
        (key, value) -> items.addObject().put("op", "put").put("key", key).put("value", value));
    return post("/v1/batch?" + query, items.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What the node shows of a key; empty when it shows none.
   *
   * @param query such as {@code consistency=local}, or empty for the node's own default
   */
  Optional<Held> get(String key, String query) {
    return Held.of(read(key, query));
  }

  /** The same, whatever is answered. */
  Answer read(String key, String query) {
    return send("GET", keyPath(key, query), BodyPublishers.noBody());
  }

  private static String keyPath(String key, String query) {
    return "/v1/kv/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "?" + query;
  }

  JsonNode status() {
    return ok("GET", "/v1/status");
  }

  /** Waits on the leader's side until the followers are level, at most {@code timeout}. */
  JsonNode convergence(String timeout) {
    return ok("GET", "/v1/convergence?timeout=" + timeout);
  }

  /** What the leader remembers of a write, or 404. */
  Answer write(String token) {
    return ask("/v1/writes/" + token);
  }

  /** Has it take leadership. */
  Answer promote(String query) {
    return post("/v1/promote?" + query, new byte[0]);
  }

  /** Has it hand leadership over. */
  Answer switchover(String to, String query) {
    String target = URLEncoder.encode(to, StandardCharsets.UTF_8);
    return post("/v1/switchover?to=" + target + "&" + query, new byte[0]);
  }

  /** Writes a snapshot of all that it holds into this file. */
  void snapshot(Path file) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/snapshot")).build();
    int status = exchange(request, BodyHandlers.ofFile(file)).statusCode();
    if (status != 200) {
      throw new AssertionError("a snapshot of " + url + " is answered " + status);
    }
  }

  Answer readiness() {
    return ask("/readyz");
  }

  /**
   * Alters what the node holds of a key, behind replication's back.
   *
   * @param what {@code byte} or {@code version}
   */
  void alter(String key, String what) {
    ok("POST", "/v1/test/alter?what=" + what + "&key=" + key);
  }

  Answer ask(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer post(String path, byte[] body) {
    return send("POST", path, BodyPublishers.ofByteArray(body));
  }

  private JsonNode ok(String method, String path) {
    Answer answer = send(method, path, BodyPublishers.noBody());
    if (answer.status() != 200) {
      throw new AssertionError(method + " " + path + " of " + url + ": " + answer);
    }
    return answer.json();
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(limit)
            .header("Accept", "application/json")
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return new Answer(exchange(request.build(), BodyHandlers.ofByteArray()));
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) {
    try {
      return HTTP.send(request, body);
    } catch (IOException unanswered) {
      throw new UncheckedIOException(request + " of " + url, unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + url + " was to answer", interrupted);
    }
  }
}
