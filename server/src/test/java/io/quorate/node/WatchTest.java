package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The feed of confirmed writes over real sockets, of nodes in memory. */
final class WatchTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(Node::stop);
  }

  private Node start(String... variables) throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "BIND_ADDRESS", "127.0.0.1", "PORT", "0", "TRANSPORT", "nio", "EVENT_LOOPS", "2"));
    for (int i = 0; i < variables.length; i += 2) {
      environment.put(variables[i], variables[i + 1]);
    }
    Node node = Node.start(NodeConfig.read(new Environment(environment)));
    nodes.add(node);
    return node;
  }

  /** A leader without followers, whose writes confirm at once. */
  private String alone(String... variables) throws Exception {
    List<String> all = new ArrayList<>(List.of("ROLE", "leader"));
    all.addAll(List.of(variables));
    String url = start(all.toArray(String[]::new)).url();
    await().until(() -> send("GET", url + "/readyz", "").statusCode() == 200);
    return url;
  }

  private HttpResponse<String> send(String method, String url, String body, String... fields)
      throws Exception {
    return send(method, url, body.getBytes(StandardCharsets.UTF_8), fields);
  }

  private HttpResponse<String> send(String method, String url, byte[] body, String... fields)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url)).method(method, BodyPublishers.ofByteArray(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private void put(String node, String key, String value) throws Exception {
    assertThat(send("PUT", node + "/v1/kv/" + key, value).statusCode()).isEqualTo(200);
  }

  private static List<String> comment(String text, String reached) {
    return List.of(": " + text, "id: " + reached);
  }

  private static List<String> event(String token, String kind, String data) {
    return List.of("id: " + token, "event: " + kind, "data: " + data);
  }

  private static String token(@Nullable List<String> event) {
    return Objects.requireNonNull(event).get(0).substring("id: ".length());
  }

  @Test
  void tellsEveryConfirmedWriteInOrderDeletesIncluded() throws Exception {
    String node = alone();
    put(node, "a", "one");
    send("PUT", node + "/v1/kv/b", new byte[] {(byte) 0xff, 0});
    send("DELETE", node + "/v1/kv/a", "");
    try (EventStream watch = new EventStream(node, "/v1/watch?from=0.0")) {
      assertThat(watch.head().get(0)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(watch.head())
          .contains(
              "content-type: text/event-stream",
              "cache-control: no-store",
              "transfer-encoding: chunked",
              "connection: close");
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      assertThat(watch.next())
          .isEqualTo(
              event("1.1", "put", "{\"key\":\"a\",\"value\":\"one\",\"version\":1,\"epoch\":1}"));
      assertThat(watch.next())
          .isEqualTo(
              event(
                  "1.2",
                  "put",
                  "{\"key\":\"b\",\"value_base64\":\"/wA=\",\"version\":2,\"epoch\":1}"));
      assertThat(watch.next())
          .isEqualTo(event("1.3", "delete", "{\"key\":\"a\",\"version\":3,\"epoch\":1}"));
      put(node, "c/line", "two\nlines");
      assertThat(watch.next())
          .isEqualTo(
              event(
                  "1.4",
                  "put",
                  "{\"key\":\"c/line\",\"value\":\"two\\nlines\",\"version\":4,\"epoch\":1}"));
    }
  }

  @Test
  void beginsNowUnlessToldWhereAndGoesOnAfterTheLastEventRatherThanFrom() throws Exception {
    String node = alone();
    for (int i = 1; i <= 5; i++) {
      put(node, "k" + i, "v");
    }
    try (EventStream now = new EventStream(node, "/v1/watch");
        EventStream from = new EventStream(node, "/v1/watch?from=1.3");
        EventStream after =
            new EventStream(
                node, "/v1/watch?from=1.1", "Last-Event-ID: 1.3", "Accept: text/event-stream");
        EventStream later = new EventStream(node, "/v1/watch?from=1.7")) {
      assertThat(now.next()).isEqualTo(comment("watching after 1.5", "1.5"));
      assertThat(from.next()).isEqualTo(comment("watching after 1.2", "1.2"));
      assertThat(after.next()).isEqualTo(comment("watching after 1.3", "1.3"));
      assertThat(later.next()).isEqualTo(comment("watching after 1.6", "1.6"));
      put(node, "k6", "v");
      put(node, "k7", "v");
      assertThat(token(now.next())).isEqualTo("1.6");
      assertThat(token(from.next())).isEqualTo("1.3");
      assertThat(token(after.next())).isEqualTo("1.4");
      assertThat(token(later.next())).isEqualTo("1.7");
    }
  }

  @Test
  void tellsOnlyOfKeysThatBeginSo() throws Exception {
    String node = alone();
    try (EventStream watch = new EventStream(node, "/v1/watch?prefix=a%2F&from=0.0")) {
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      for (String key : List.of("a", "a/", "b", "a/x", "aa/")) {
        put(node, key, "v");
      }
      assertThat(token(watch.next())).isEqualTo("1.2");
      assertThat(token(watch.next())).isEqualTo("1.4");
    }
  }

  @Test
  void tellsHowFarItIsThoughNoKeyBeginsSo() throws Exception {
    String node = alone("WATCH_HEARTBEAT_MS", "50");
    try (EventStream watch = new EventStream(node, "/v1/watch?prefix=rare")) {
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      put(node, "k", "v");
      List<String> beat = watch.next();
      while (comment("nothing new", "0.0").equals(beat)) {
        beat = watch.next();
      }
      assertThat(beat).isEqualTo(comment("nothing new", "1.1"));
    }
  }

  @Test
  void tellsABatchInTheOrderOfItsVersionsAndFromItsMiddleOnTheRest() throws Exception {
    Node follower = start("ROLE", "follower");
    String leader = alone("FOLLOWER_URLS", follower.url());
    put(leader, "k", "v");
    try (EventStream atLeader = new EventStream(leader, "/v1/watch?from=1.2");
        EventStream atFollower = new EventStream(follower.url(), "/v1/watch?from=1.2");
        EventStream middle = new EventStream(leader, "/v1/watch", "Last-Event-ID: 1.3")) {
      String batch =
          "[{\"op\":\"put\",\"key\":\"z\",\"value\":\"1\"},{\"op\":\"delete\",\"key\":\"k\"},"
              + "{\"op\":\"put\",\"key\":\"a\",\"value\":\"2\"}]";
      assertThat(send("POST", leader + "/v1/batch", batch).statusCode()).isEqualTo(200);
      put(leader, "b", "v");
      for (EventStream watch : List.of(atLeader, atFollower)) {
        assertThat(watch.nextEvent())
            .isEqualTo(
                event("1.2", "put", "{\"key\":\"z\",\"value\":\"1\",\"version\":2,\"epoch\":1}"));
        assertThat(watch.nextEvent())
            .isEqualTo(event("1.3", "delete", "{\"key\":\"k\",\"version\":3,\"epoch\":1}"));
        assertThat(token(watch.nextEvent())).isEqualTo("1.4");
        assertThat(token(watch.nextEvent())).isEqualTo("1.5");
      }
      assertThat(token(middle.nextEvent())).isEqualTo("1.4");
      assertThat(token(middle.nextEvent())).isEqualTo("1.5");
    }
  }

  @Test
  void ofABatchAllIsToldOnceItIsConfirmedAndNothingBefore() throws Exception {
    Node follower = start("ROLE", "follower");
    String leader =
        alone(
            "FOLLOWER_URLS",
            follower.url(),
            "WATCH_HEARTBEAT_MS",
            "50",
            "MIN_DELAY_MS",
            "2000",
            "MAX_DELAY_MS",
            "2000");
    String batch =
        "[{\"op\":\"put\",\"key\":\"a\",\"value\":\"1\"},{\"op\":\"put\",\"key\":\"b\",\"value\":\"2\"}]";
    try (EventStream watch = new EventStream(leader, "/v1/watch?from=0.0")) {
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      assertThat(send("POST", leader + "/v1/batch?w=1&timeout=50ms", batch).statusCode())
          .isEqualTo(504);
      List<String> beat = watch.next();
      while (comment("nothing new", "0.0").equals(beat)) {
        beat = watch.next();
      }
      assertThat(beat).isEqualTo(comment("held back by 1.2, 0 of 1 followers", "0.0"));
      assertThat(token(watch.nextEvent())).isEqualTo("1.1");
      assertThat(token(watch.next())).isEqualTo("1.2");
    }
  }

  @Test
  void refusesWhatItCannotTake() throws Exception {
    String node = alone();
    String watch = node + "/v1/watch";
    HttpResponse<String> from = send("GET", watch + "?from=7", "");
    assertThat(from.statusCode()).isEqualTo(400);
    assertThat(from.body()).contains("from=7: from takes a token, as 1.42, epoch and version");
    HttpResponse<String> last = send("GET", watch, "", "Last-Event-ID", "x");
    assertThat(last.statusCode()).isEqualTo(400);
    assertThat(last.body()).contains("Last-Event-ID: x: Last-Event-ID takes a token");
    assertThat(send("GET", watch + "?prefix=%ff", "").body()).contains("is not UTF-8");
    assertThat(send("POST", watch, "").statusCode()).isEqualTo(405);
    HttpResponse<String> head = send("HEAD", watch, "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("content-type")).hasValue("text/event-stream");
    assertThat(send("GET", node + "/v1/status", "").body()).contains("\"watchers\":0");
  }

  @Test
  void saysWhatIsTheOldestThatIsHeldWhereTheBeginningIsGone() throws Exception {
    String node = alone("BACKLOG_BYTES", "2048");
    for (int i = 1; i <= 100; i++) {
      put(node, "k", "value " + i);
    }
    HttpResponse<String> gone = send("GET", node + "/v1/watch?from=0.0", "");
    assertThat(gone.statusCode()).isEqualTo(410);
    assertThat(gone.headers().firstValue("content-type")).hasValue("application/problem+json");
    String oldest = gone.body().replaceAll(".*\"oldest\":\"([0-9.]+)\".*", "$1");
    try (EventStream watch = new EventStream(node, "/v1/watch?from=" + oldest)) {
      watch.next();
      int version = Integer.parseInt(oldest.substring(2));
      assertThat(version).isBetween(60, 90);
      for (; version <= 100; version++) {
        assertThat(token(watch.next())).isEqualTo("1." + version);
      }
    }
  }

  @Test
  void isThereThoughNothingIsNewAndWhateverAConnectionMayIdle() throws Exception {
    String node = alone("WATCH_HEARTBEAT_MS", "300", "IDLE_TIMEOUT_MS", "100");
    try (EventStream watch = new EventStream(node, "/v1/watch")) {
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      for (int beat = 0; beat < 3; beat++) {
        assertThat(watch.next()).isEqualTo(comment("nothing new", "0.0"));
      }
      put(node, "k", "v");
      assertThat(token(watch.next())).isEqualTo("1.1");
    }
  }

  @Test
  void saysWhichWriteHoldsTheFeedBackAtTheLeaderAndThatOneDoesAtAFollower() throws Exception {
    Node one = start("ROLE", "follower");
    Node two = start("ROLE", "follower");
    try (Relay beforeTwo = new Relay(two.url())) {
      String leader =
          alone(
              "FOLLOWER_URLS", one.url() + "," + beforeTwo.url(),
              "WRITE_QUORUM", "2",
              // It counts as connected for as long as the test lasts.
              "LINK_TIMEOUT_MS", "600000");
      saysWhichWriteHoldsTheFeedBack(leader, one, beforeTwo);
    }
  }

  private void saysWhichWriteHoldsTheFeedBack(String leader, Node one, Relay beforeTwo)
      throws Exception {
    put(leader, "k", "v");
    try (EventStream atLeader = new EventStream(leader, "/v1/watch?from=1.1");
        EventStream atFollower = new EventStream(one.url(), "/v1/watch?from=1.1")) {
      assertThat(token(atLeader.nextEvent())).isEqualTo("1.1");
      assertThat(token(atFollower.nextEvent())).isEqualTo("1.1");
      beforeTwo.hold();
      HttpResponse<String> unconfirmed = send("PUT", leader + "/v1/kv/k?w=2&timeout=50ms", "v");
      assertThat(unconfirmed.statusCode()).isEqualTo(504);
      put(leader, "k?w=1", "v");
      assertThat(atLeader.next()).isEqualTo(comment("held back by 1.2, 1 of 2 followers", "1.1"));
      assertThat(atFollower.next())
          .isEqualTo(
              comment(
                  "held back: confirmed through 1.1 as far as this node knows, applied through 3",
                  "1.1"));
      assertThat(send("GET", leader + "/v1/status", "").body())
          .contains("\"held_back_by\":{\"epoch\":1,\"version\":2,\"required\":2,\"acks\":1}")
          .contains("\"watchers\":1");
    }
  }

  @Test
  void aReaderThatTheHistoryOvertakesIsCutWithWhereToResume() throws Exception {
    String node = alone("BACKLOG_BYTES", "1000000");
    try (EventStream watch = new EventStream(node, "/v1/watch?from=0.0")) {
      String value = "v".repeat(100_000);
      for (int i = 0; i < 150; i++) {
        put(node, "k" + i, value);
      }
      int version = 1;
      List<String> event = watch.nextEvent();
      while (event != null && !event.contains("event: cut")) {
        assertThat(token(event)).isEqualTo("1." + version);
        version++;
        event = watch.nextEvent();
      }
      assertThat(version).isLessThan(150);
      assertThat(token(event)).isEqualTo("1." + (version - 1));
      assertThat(Objects.requireNonNull(event).get(2))
          .startsWith("data: {\"resume\":\"1." + (version - 1) + "\",\"reason\":\"");
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void readersThatTakeNothingHinderNobody() throws Exception {
    String node = alone("MAX_ANSWER_BYTES", "500000");
    String value = "v".repeat(1_000_000);
    for (int i = 1; i <= 12; i++) {
      put(node, "k" + i, value);
    }
    List<EventStream> stalled = new ArrayList<>();
    try (EventStream watch = new EventStream(node, "/v1/watch?from=0.0")) {
      for (int i = 0; i < 8; i++) {
        stalled.add(new EventStream(node, "/v1/watch?from=0.0"));
      }
      for (int version = 1; version <= 12; version++) {
        assertThat(token(watch.nextEvent())).isEqualTo("1." + version);
      }
      assertThat(send("HEAD", node + "/v1/kv/absent", "").statusCode()).isEqualTo(404);
      put(node, "k", "v");
      assertThat(token(watch.nextEvent())).isEqualTo("1.13");
    } finally {
      for (EventStream each : stalled) {
        each.close();
      }
    }
  }

  @Test
  void aReaderThatTakesNothingIsClosed() throws Exception {
    String node = alone("ANSWER_TIMEOUT_MS", "400");
    try (EventStream watch = new EventStream(node, "/v1/watch?from=0.0")) {
      String value = "v".repeat(1_000_000);
      for (int i = 0; i < 12; i++) {
        put(node, "k" + i, value);
      }
      await().until(() -> send("GET", node + "/v1/status", "").body().contains("\"watchers\":0"));
      assertThat(watch.head()).isNotEmpty();
    }
  }

  @Test
  void aNodeThatStopsSaysWhereToResume() throws Exception {
    String node = alone();
    put(node, "k", "v");
    try (EventStream watch = new EventStream(node, "/v1/watch?from=0.0")) {
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      assertThat(token(watch.next())).isEqualTo("1.1");
      nodes.remove(0).stop();
      assertThat(watch.nextEvent())
          .isEqualTo(
              List.of(
                  "id: 1.1",
                  "event: cut",
                  "data: {\"resume\":\"1.1\",\"reason\":\"this node is stopping\"}"));
      assertThat(watch.next()).isNull();
    }
  }

  @Test
  void openWatchesAreCountedAndLimited() throws Exception {
    String node = alone("MAX_WATCHES", "1", "WATCH_HEARTBEAT_MS", "50");
    try (EventStream watch = new EventStream(node, "/v1/watch")) {
      assertThat(watch.next()).isEqualTo(comment("watching after 0.0", "0.0"));
      HttpResponse<String> second = send("GET", node + "/v1/watch", "");
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("retry-after")).hasValue("1");
      assertThat(send("GET", node + "/v1/status", "").body()).contains("\"watchers\":1");
      assertThat(send("GET", node + "/metrics", "").body()).contains("quorate_watchers 1.0");
    }
    await().until(() -> send("GET", node + "/v1/status", "").body().contains("\"watchers\":0"));
    try (EventStream next = new EventStream(node, "/v1/watch")) {
      assertThat(next.head().get(0)).isEqualTo("HTTP/1.1 200 OK");
    }
  }
}
