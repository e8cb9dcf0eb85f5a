package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A client of one node. A node that does not answer is an {@link UncheckedIOException}. */
final class NodeClient {

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

  /** The same, for whom a node that has not answered for so long does not answer. */
  NodeClient within(Duration limit) {
    return new NodeClient(url, limit);
  }

  String url() {
    return url;
  }

  Written put(String key, String value, String query) {
    return Written.of(send("PUT", keyPath(key, query), BodyPublishers.ofString(value)));
  }

  Written delete(String key, String query) {
    return Written.of(send("DELETE", keyPath(key, query), BodyPublishers.noBody()));
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

  private Answer send(String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(limit)
            .header("Accept", "application/json")
            .method(method, body)
            .build();
    try {
      return new Answer(HTTP.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException unanswered) {
      throw new UncheckedIOException(method + " " + path + " of " + url, unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + url + " was to answer", interrupted);
    }
  }
}
