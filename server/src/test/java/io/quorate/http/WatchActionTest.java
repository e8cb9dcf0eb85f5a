package io.quorate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.quorate.core.Attributes;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.Token;
import io.quorate.replication.BrokenOffException;
import io.quorate.replication.WatchPart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchActionTest {

  private static final String WATCH = "/v1/watch?prefix=a&from=3.17";
  private static final Attributes EXPIRY = new Attributes(1, 0, true, 0, null, false);

  private final TestLeader leader = new TestLeader(1);
  private final HttpOptions options =
      HttpOptions.DEFAULT.with(new HttpOptions.Watching(1, 7_000_000_000L));
  private final Wire wire = new Wire(leader, options);

  private static WatchPart expired() {
    Mutation event = new Mutation(Key.of("a"), null, 3, 17, EXPIRY);
    return new WatchPart.Events(Unpooled.wrappedBuffer(EventText.of(event)));
  }

  /** All chunks of what was received, without what frames them. */
  private String received() {
    return new String(wire.received(), ISO_8859_1);
  }

  @Test
  void isToldWhatItAsksForAndThatAnExpiryIsOne() {
    wire.send(Wire.request("GET", WATCH, ""));
    assertThat(leader.watches).containsExactly("3.16 a 7000000000");
    assertThat(received())
        .contains("content-type: text/event-stream", ": watching after 3.16\nid: 3.16\n\n");
    leader.watch.tell(expired());
    assertThat(received())
        .contains(
            """
            id: 3.17
            event: delete
            data: {"key":"a","version":17,"epoch":3,"expired":true}

            """);
    leader.watch.tell(new WatchPart.Alive(new Token(3, 17), "held back by 3.18, 1 of 2 followers"));
    assertThat(received()).contains(": held back by 3.18, 1 of 2 followers\nid: 3.17\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "01.1", "1.01", "0.00"})
  void whatIsNoTokenIsRefused(String text) {
    Response from = wire.ask("GET", "/v1/watch?from=" + text);
    assertThat(from.status()).isEqualTo(400);
    assertThat(from.text()).contains("from=" + text + ": from takes a token");
    Response last = wire.ask("GET", WATCH, "Last-Event-ID: " + text);
    assertThat(last.status()).isEqualTo(400);
    assertThat(last.text()).contains("Last-Event-ID: " + text + ": Last-Event-ID takes a token");
    assertThat(leader.watches).isEmpty();
  }

  @Test
  void endsWithTheCutAndTheConnectionWithIt() {
    wire.send(Wire.request("GET", WATCH, "") + Wire.request("GET", "/livez", ""));
    leader.watch.tell(new WatchPart.Cut(new Token(3, 16), "too slow"));
    assertThat(received())
        .contains("id: 3.16\nevent: cut\ndata: {\"resume\":\"3.16\",\"reason\":\"too slow\"}\n\n")
        .endsWith("\r\n0\r\n\r\n")
        .containsOnlyOnce("HTTP/1.1");
    assertThat(wire.isOpen()).isFalse();
    assertThat(leader.watch.closes).isOne();
    assertThat(leader.watch.asks).isOne();
  }

  @Test
  void closesWithoutTheLastChunkWhereTheRestOfAnEventIsGone() {
    wire.send(Wire.request("GET", WATCH, ""));
    leader.watch.tell(new WatchPart.Events(Unpooled.wrappedBuffer(new byte[] {'i', 'd'})));
    leader.watch.fail(new BrokenOffException("gone"));
    assertThat(received()).endsWith("\r\n2\r\nid\r\n");
    assertThat(wire.isOpen()).isFalse();
    assertThat(leader.watch.closes).isOne();
  }

  @Test
  void nodeThatStopsEndsIt() {
    wire.send(Wire.request("GET", WATCH, ""));
    HttpPipeline.stop(wire.channel);
    assertThat(received())
        .contains("{\"resume\":\"3.17\",\"reason\":\"this node is stopping\"}")
        .endsWith("\r\n0\r\n\r\n");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void clientThatGoesEndsItAndGivesItsPlaceBack() {
    wire.send(Wire.request("GET", WATCH, ""));
    Wire second = wire.another();
    assertThat(second.ask("GET", WATCH).status()).isEqualTo(503);
    wire.channel.close();
    wire.channel.runPendingTasks();
    assertThat(leader.watch.closes).isOne();
    second.send(Wire.request("GET", WATCH, ""));
    assertThat(new String(second.received(), ISO_8859_1)).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void whatIsGoneIsToldWithTheOldest() {
    Response gone = new Wire(new TestFollower(), options).ask("GET", WATCH);
    assertThat(gone.status()).isEqualTo(410);
    assertThat(gone.text()).contains("\"oldest\":\"2.7\"", "from=2.7");
  }

  @Test
  void olderHttpHasNoChunks() {
    wire.send("GET " + WATCH + " HTTP/1.0\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(505);
    assertThat(leader.watches).isEmpty();
  }
}
