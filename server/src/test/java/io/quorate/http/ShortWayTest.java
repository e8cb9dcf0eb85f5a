package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.replication.Replica;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The short way of plain requests gives what the long one gives, byte for byte but for the date,
 * whatever comes and however it is cut.
 */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class ShortWayTest {

  private static final HttpOptions NARROW = new HttpOptions(40, 60, 90, 160, 10, 3, false);

  private static final List<String> LINES =
      List.of(
          "GET /v1/kv/a HTTP/1.1\r\n",
          "GET /v1/kv/absent HTTP/1.1\r\n",
          "GET /v1/kv/a?consistency=local HTTP/1.1\r\n",
          "GET /v1/kv/a?consistency=other HTTP/1.1\r\n",
          "GET /v1/kv/a?min_version=1.1 HTTP/1.1\r\n",
          "GET /v1/kv/a?consistency=confirmed&consistency=local HTTP/1.1\r\n",
          "GET /v1/kv/a? HTTP/1.1\r\n",
          "GET /v1/kv/%61 HTTP/1.1\r\n",
          "GET /v1/kv/ HTTP/1.1\r\n",
          "GET /v1/kv/a HTTP/1.0\r\n",
          "GET http://h/v1/kv/a HTTP/1.1\r\n",
          "GET v1/kv/a HTTP/1.1\r\n",
          "GET /livez HTTP/1.1\r\n",
          "HEAD /v1/kv/a HTTP/1.1\r\n",
          "DELETE /v1/kv/a HTTP/1.1\r\n",
          "PUT /v1/kv/a HTTP/1.1\r\n",
          "PUT /v1/kv/b/c?w=1 HTTP/1.1\r\n",
          "PUT /v1/kv/b'c?w=all&timeout=2s HTTP/1.1\r\n",
          "PUT /v1/kv/a?w=9 HTTP/1.1\r\n",
          "PUT /v1/kv/a?w= HTTP/1.1\r\n",
          "PUT /v1/kv/a?x&w=1&&w HTTP/1.1\r\n",
          "PUT /v1/kv/a#b HTTP/1.1\r\n",
          "PUT /v1/kv/\u00ff HTTP/1.1\r\n",
          "POST /v1/kv/a HTTP/1.1\r\n",
          "POST /v1/replication/append HTTP/1.1\r\n",
          "POST /v1/replication/hello HTTP/1.1\r\n");

  private static final List<String> OFTEN =
      List.of(
          "GET /v1/kv/a HTTP/1.1\r\n",
          "PUT /v1/kv/a HTTP/1.1\r\n",
          "PUT /v1/kv/b/c?w=1 HTTP/1.1\r\n",
          "POST /v1/replication/append HTTP/1.1\r\n");

  private static final List<String> FIELDS =
      List.of(
          "Host: a\r\n",
          "host:a:80\r\n",
          "Host: a b\r\n",
          "Host:  \r\n",
          "Host: [::1]:80\r\n",
          "Host: [::1\r\n",
          "Host: a:b\r\n",
          "Host: %41%4\r\n",
          "User-Agent: one two\r\n",
          "User-Agent: \u00e9\r\n",
          "Accept: */*\r\n",
          "Accept: application/json\r\n",
          "Accept-Encoding: gzip\r\n",
          "Content-Type: text/plain\r\n",
          "Connection: keep-alive\r\n",
          "Connection: close\r\n",
          "Expect: 100-continue\r\n",
          "If-Match: \"1.1\"\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Content-Length: 3\r\n",
          "Content-Length: 0\r\n",
          "Content-Length: 003\r\n",
          "Content-Length: 41\r\n",
          "Content-Length: x\r\n",
          "X: " + "x".repeat(150) + "\r\n",
          " folded\r\n",
          "Bad Name: 1\r\n");

  /** A node on both ways, and what it was told and answered. */
  private static final class Side {
    private final Replica replica;
    private final Wire wire;
    private final List<String> seen = new ArrayList<>();

    Side(boolean ofLeader, boolean shortWay, HttpOptions options) {
      replica = ofLeader ? new TestLeader(2) : new TestFollower();
      wire = shortWay ? new Wire(replica, options) : Wire.withoutShortWay(replica, options);
      if (ofLeader) {
        new Wire(replica, options).put("/v1/kv/a", "v");
      }
    }

    void send(String bytes) {
      if (wire.isOpen()) {
        wire.send(bytes);
      }
      look();
    }

    void look() {
      String all = new String(wire.received(), StandardCharsets.ISO_8859_1);
      seen.add(all.replaceAll("date: [^\r]*\r\n", "") + wire.isOpen());
    }

    Map<String, String> held() {
      Map<String, String> held = new TreeMap<>();
      for (Map.Entry<Key, Entry> entry : replica.store().entries()) {
        byte[] value = entry.getValue().value();
        String text = value == null ? "-" : new String(value, StandardCharsets.ISO_8859_1);
        held.put(entry.getKey().toString(), entry.getValue().token() + " " + text);
      }
      return held;
    }
  }

  /** The stock decoder weighs heads by what has come of them, so both ways get the same cuts. */
  private static void assertSame(boolean ofLeader, String bytes, HttpOptions options) {
    for (int at = 0; at < bytes.length(); at++) {
      Side longWay = new Side(ofLeader, false, options);
      Side shortWay = new Side(ofLeader, true, options);
      for (Side side : List.of(longWay, shortWay)) {
        side.send(bytes.substring(0, at));
        side.send(bytes.substring(at));
      }
      assertThat(shortWay.seen).as(bytes + " cut at " + at).isEqualTo(longWay.seen);
      assertThat(shortWay.held()).as(bytes + " cut at " + at).isEqualTo(longWay.held());
    }
  }

  @Test
  void everyLineIsAnsweredAlikeWhereverItIsSplit() {
    for (String line : LINES) {
      String body = line.startsWith("P") ? "Content-Length: 3\r\n\r\nv\u00ff\n" : "\r\n";
      assertSame(true, line + "Host: a\r\n" + body + get("a"), HttpOptions.DEFAULT);
      assertSame(false, line + "Host: a\r\n" + body + get("k"), HttpOptions.DEFAULT);
    }
  }

  @Test
  void everyFieldIsTakenAlikeWhereverItIsSplit() {
    for (String field : FIELDS) {
      assertSame(true, "GET /v1/kv/a HTTP/1.1\r\nHost: a\r\n" + field + "\r\n", NARROW);
      assertSame(
          true,
          "PUT /v1/kv/a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n" + field + "\r\nabc",
          NARROW);
    }
  }

  private static String get(String key) {
    return "GET /v1/kv/" + key + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @Test
  void randomMixturesAreAnsweredAlikeHoweverTheyAreCut() {
    long seed = System.nanoTime();
    for (int round = 0; round < 3000; round++) {
      runSeed(seed + round);
    }
  }

  private static void runSeed(long seed) {
    Random random = new Random(seed);
    boolean ofLeader = random.nextInt(4) > 0;
    boolean holding = ofLeader && random.nextBoolean();
    HttpOptions options = random.nextBoolean() ? NARROW : HttpOptions.DEFAULT;
    List<String> parts = cut(mixture(random), random);
    Side longWay = new Side(ofLeader, false, options);
    Side shortWay = new Side(ofLeader, true, options);
    List<Long> deliveries = new ArrayList<>();
    for (long version = 2; holding && version < 20; version++) {
      deliveries.add(version);
    }
    Collections.shuffle(deliveries, random);
    for (Side side : List.of(longWay, shortWay)) {
      if (holding) {
        ((TestLeader) side.replica).holding();
      }
      parts.forEach(side::send);
      for (long version : deliveries) {
        for (int follower = 0; follower < 2; follower++) {
          ((TestLeader) side.replica).deliver(follower, version);
          side.look();
        }
      }
    }
    assertThat(shortWay.seen).as("seed %d: %s", seed, parts).isEqualTo(longWay.seen);
    assertThat(shortWay.held()).as("seed %d", seed).isEqualTo(longWay.held());
  }

  /** Mostly requests as they should be, so that those which are not come amid others. */
  private static String mixture(Random random) {
    StringBuilder bytes = new StringBuilder();
    for (int left = 1 + random.nextInt(12); left > 0; left--) {
      boolean often = random.nextInt(3) > 0;
      String line = often ? pick(OFTEN, random) : pick(LINES, random);
      boolean bodied = line.startsWith("P") && random.nextInt(8) > 0;
      bytes.append(line).append("Host: a\r\n");
      while (random.nextInt(4) == 0) {
        bytes.append(pick(FIELDS, random));
      }
      bytes.append(bodied ? "Content-Length: 3\r\n\r\nabc" : "\r\n");
      if (random.nextInt(20) == 0) {
        bytes.append(random.nextBoolean() ? "\r\n" : "\n");
      }
    }
    while (random.nextInt(4) == 0) {
      int at = random.nextInt(bytes.length());
      switch (random.nextInt(3)) {
        case 0 -> bytes.setCharAt(at, (char) random.nextInt(256));
        case 1 -> bytes.deleteCharAt(at);
        default -> bytes.insert(at, (char) random.nextInt(256));
      }
    }
    return bytes.toString();
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static List<String> cut(String bytes, Random random) {
    List<String> parts = new ArrayList<>();
    int most = random.nextBoolean() ? bytes.length() : 1 + random.nextInt(80);
    for (int at = 0; at < bytes.length(); ) {
      int end = Math.min(bytes.length(), at + 1 + random.nextInt(most));
      parts.add(bytes.substring(at, end));
      at = end;
    }
    return parts;
  }
}
