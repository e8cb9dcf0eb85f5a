package io.quorate.loadgen;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** A node as a client sees it, that does as the test tells it. A write is at once on all. */
final class FakeNode implements AutoCloseable {
  /** What a node holds of a key. Two of them are not compared as a whole. */
  @SuppressWarnings("ArrayRecordComponent")
  record Held(KeyVersion version, byte[] value) {}

  static {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  final Map<String, Held> store = new ConcurrentHashMap<>();
  final List<FakeNode> followers;
  final AtomicLong writes = new AtomicLong();

  final AtomicLong reads = new AtomicLong();
  final AtomicLong notFound = new AtomicLong();

  /** The bodies of the patches of its settings, in their order. */
  final List<String> patches = new CopyOnWriteArrayList<>();

  /** The status that the patch of its settings with this number, from 1, is answered with. */
  volatile IntUnaryOperator patchStatus = number -> 200;

  /** What it says of completed quorums, as a member of its status with a comma after it. */
  volatile Supplier<String> completions = () -> "";

  /** The status that the write with this number, from 1, is answered with. */
  volatile LongUnaryOperator writeStatus = number -> 200;

  /** As {@link #status}: the connection is closed without an answer. */
  static final String NO_ANSWER = "no answer";

  /** The body of the status; empty: as a node has it. */
  volatile String status = "";

  volatile String convergence = "";

  /** What the answer to a question for convergence waits for. */
  volatile CountDownLatch convergenceGate = new CountDownLatch(0);

  volatile String lastWriteTarget = "";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String role;
  private final String incarnation = UUID.randomUUID().toString();

  private FakeNode(String role, List<FakeNode> followers) {
    this.role = role;
    this.followers = followers;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.setExecutor(threads);
    server.createContext("/v1/kv/", exchange -> answer(exchange, this::keyValue));
    server.createContext("/v1/status", exchange -> answer(exchange, this::status));
    server.createContext("/v1/convergence", exchange -> answer(exchange, this::convergence));
    server.createContext("/v1/config", exchange -> answer(exchange, this::config));
    server.createContext("/readyz", exchange -> answer(exchange, each -> reply(each, 200, "{}")));
    server.start();
  }

  static FakeNode follower() {
    return new FakeNode("follower", List.of());
  }

  static FakeNode leader(FakeNode... followers) {
    return new FakeNode("leader", List.of(followers));
  }

  NodeUrl url() {
    return new NodeUrl("127.0.0.1", server.getAddress().getPort());
  }

  List<NodeUrl> followerUrls() {
    return followers.stream().map(FakeNode::url).toList();
  }

  /** Puts a value into this node alone. */
  void hold(int key, KeyVersion version, byte[] value) {
    store.put(Workload.keyName(key), new Held(version, value));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try (exchange) {
      handler.handle(exchange);
    }
  }

  private void keyValue(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestURI().getPath().substring("/v1/kv/".length());
    if (exchange.getRequestMethod().equals("PUT")) {
      put(exchange, key);
      return;
    }
    reads.incrementAndGet();
    Held held = store.get(key);
    if (held == null) {
      notFound.incrementAndGet();
      reply(exchange, 404, "{}");
      return;
    }
    exchange.getResponseHeaders().set("ETag", "\"" + held.version() + "\"");
    reply(exchange, 200, held.value());
  }

  private void put(HttpExchange exchange, String key) throws IOException {
    byte[] value = exchange.getRequestBody().readAllBytes();
    long number = writes.incrementAndGet();
    lastWriteTarget = exchange.getRequestURI().toString();
    int answer = (int) writeStatus.applyAsLong(number);
    Held held = new Held(new KeyVersion(1, number), value);
    if (answer == 200 || answer == 504) {
      apply(key, held);
      followers.forEach(follower -> follower.apply(key, held));
    }
    exchange.getResponseHeaders().set("ETag", "\"1." + number + "\"");
    reply(exchange, answer, "{}");
  }

  private void apply(String key, Held held) {
    store.merge(
        key, held, (old, given) -> given.version().compareTo(old.version()) > 0 ? given : old);
  }

  private void status(HttpExchange exchange) throws IOException {
    if (status.equals(NO_ANSWER)) {
      return;
    }
    if (!status.isEmpty()) {
      reply(exchange, 200, status);
      return;
    }
    StringBuilder listed = new StringBuilder();
    for (FakeNode follower : followers) {
      listed
          .append(listed.isEmpty() ? "" : ",")
          .append("{\"id\":\"f\",\"url\":\"" + follower.url() + "\",\"state\":\"streaming\",")
          .append("\"injected_delay_error_us\":{\"count\":7,\"p50\":1.5,\"p99\":2,\"max\":3}}");
    }
    reply(
        exchange,
        200,
        "{\"id\":\"n\",\"role\":\""
            + role
            + "\",\"incarnation\":\""
            + incarnation
            + "\",\"leader\":\"http://127.0.0.1:1\",\"transport\":\"nio\",\"min_delay_ms\":0.1,"
            + "\"max_delay_ms\":1,"
            + completions.get()
            + "\"followers\":["
            + listed
            + "]}");
  }

  private void convergence(HttpExchange exchange) throws IOException {
    try {
      convergenceGate.await();
    } catch (InterruptedException closing) {
      return;
    }
    if (!convergence.isEmpty()) {
      reply(exchange, 200, convergence);
      return;
    }
    String each = "{\"id\":\"f\",\"equal\":true}";
    String all = String.join(",", followers.stream().map(follower -> each).toList());
    reply(
        exchange,
        200,
        "{\"converged\":true,\"digest\":\"abc\",\"followers\":["
            + all
            + "],\"differences\":[],\"reason\":null}");
  }

  private void config(HttpExchange exchange) throws IOException {
    patches.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    reply(exchange, patchStatus.applyAsInt(patches.size()), "{}");
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    reply(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
