package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What all connections of a node may hold together. */
final class NodeLoadTest {

  private static final HttpOptions FEW =
      HttpOptions.DEFAULT.with(HttpOptions.Timeouts.DEFAULT, 3, 1000);

  private final TestLeader leader = new TestLeader(1);
  private final Wire wire = new Wire(leader, FEW);

  @Test
  void requestsBeyondTheLimitOfAllConnectionsAreRefusedUntilOneIsAnswered() {
    leader.holding();
    Wire first = wire.another();
    for (int i = 0; i < 3; i++) {
      first.send(Wire.request("PUT", "/v1/kv/k" + i, "v"));
    }
    assertRefused(wire.put("/v1/kv/more", "v"), 429);
    assertRefused(wire.ask("DELETE", "/v1/kv/%6Dore"), 429);
    assertThat(wire.ask("GET", "/v1/kv/k").status()).isEqualTo(429);
    assertThat(leader.lastVersion()).isEqualTo(3);
    assertThat(wire.isOpen()).isTrue();
    leader.deliver(0, 1);
    assertThat(first.response().status()).isEqualTo(200);
    assertThat(wire.ask("GET", "/v1/kv/k0").status()).isEqualTo(200);
  }

  @Test
  void whatIsAskedOfTheNodeItselfIsAnsweredAllTheSame() {
    leader.holding();
    for (int i = 0; i < 3; i++) {
      wire.another().send(Wire.request("PUT", "/v1/kv/k" + i, "v"));
    }
    for (String path : new String[] {"/livez", "/readyz", "/v1/status", "/v1/writes/1.1"}) {
      assertThat(wire.ask("GET", path).status()).isEqualTo(200);
    }
    assertThat(wire.askWith("POST", "/v1/replication/append", "x").status()).isEqualTo(200);
  }

  @Test
  void requestWithABodyToComeIsRefusedBeforeItAndTheConnectionClosed() {
    leader.holding();
    for (int i = 0; i < 3; i++) {
      wire.another().send(Wire.request("PUT", "/v1/kv/k" + i, "v"));
    }
    wire.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
    assertRefused(wire.response(), 429);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void connectionThatGoesTakesWhatItHeldWithIt() {
    leader.holding();
    Wire first = wire.another();
    for (int i = 0; i < 3; i++) {
      first.send(Wire.request("PUT", "/v1/kv/k" + i, "v"));
    }
    assertThat(wire.ask("GET", "/v1/kv/k").status()).isEqualTo(429);
    first.channel.close().syncUninterruptibly();
    assertThat(wire.ask("GET", "/v1/kv/k").status()).isEqualTo(404);
  }

  @Test
  void answersThatWaitBeyondTheBytesOfAllConnectionsRefuseFurtherRequests() {
    wire.put("/v1/kv/k", "v".repeat(1000));
    leader.holding();
    Wire first = wire.another();
    first.send(Wire.request("PUT", "/v1/kv/a", "v") + Wire.request("GET", "/v1/kv/k", ""));
    assertRefused(wire.put("/v1/kv/b", "v"), 503);
    leader.deliver(0, 2);
    assertThat(first.responses()).extracting(Response::status).containsExactly(200, 200);
    assertThat(wire.ask("GET", "/v1/kv/k").status()).isEqualTo(200);
  }

  private static void assertRefused(Response refusal, int status) {
    KeysTest.assertNotApplied(refusal, status);
    assertThat(refusal.header("Retry-After")).isEqualTo("1");
  }
}
