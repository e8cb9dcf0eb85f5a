package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorate.it.history.Token;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Watches one node; where that ends, the next one, after the last id, as browsers do. */
final class Watcher implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PAUSE_NANOS = 20_000_000;

  /**
   * A write as it was told.
   *
   * @param value null for a delete
   */
  record Event(Token token, String key, @Nullable String value) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<NodeHandle> nodes;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger changes = new AtomicInteger();
  private final Thread thread;
  private final String name;
  private volatile boolean stopping;
  private volatile @Nullable InputStream open;

  /** After which it goes on; empty before there is one. Of its thread. */
  private String lastId = "";

  /** From the very beginning. */
  Watcher(List<NodeHandle> nodes, NodeHandle first) {
    this.nodes = nodes;
    this.name = "watch of " + first.name();
    this.thread = new Thread(() -> watch(nodes.indexOf(first)), name);
    thread.start();
  }

  String name() {
    return name;
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  /** How often it went on at another node. */
  int changes() {
    return changes.get();
  }

  void awaitToken(Token token) {
    Eventually.present(
        name + " comes to " + token,
        () ->
            !events.isEmpty() && events.get(events.size() - 1).token().compareTo(token) >= 0
                ? token
                : null);
  }

  private void watch(int first) {
    for (int node = first; !stopping; node = (node + 1) % nodes.size()) {
      try {
        read(nodes.get(node).client().url());
      } catch (IOException over) {
        LockSupport.parkNanos(PAUSE_NANOS);
      } catch (InterruptedException interrupted) {
        return;
      }
      changes.incrementAndGet();
    }
  }

  private void read(String url) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/v1/watch?prefix=key-&from=0.0"));
    if (!lastId.isEmpty()) {
      request.header("Last-Event-ID", lastId);
    }
    HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
    open = answer.body();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String kind = "";
      String id = lastId;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          lastId = id;
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("event: ")) {
          kind = line.substring("event: ".length());
        } else if (line.startsWith("data: ") && !kind.equals("cut")) {
          note(JSON.readTree(line.substring("data: ".length())));
        }
      }
    }
  }

  private void note(JsonNode told) {
    events.add(
        new Event(
            new Token(told.path("epoch").asLong(), told.path("version").asLong()),
            told.path("key").asText(),
            told.has("value") ? told.path("value").asText() : null));
  }

  @Override
  public void close() {
    stopping = true;
    thread.interrupt();
    InputStream reading = open;
    try {
      if (reading != null) {
        reading.close();
      }
    } catch (IOException ended) {
      // It is over either way.
    }
  }
}
