package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long a connection may hold its place. */
final class IdleCloseTest {

  private final TestLeader leader = new TestLeader(1);
  private final Wire wire = new Wire(leader);

  static void passSeconds(Wire wire, int seconds) {
    wire.channel.freezeTime();
    for (int i = 0; i < seconds; i++) {
      wire.channel.advanceTimeBy(1, TimeUnit.SECONDS);
      wire.channel.runScheduledPendingTasks();
    }
  }

  @Test
  void connectionThatSendsNothingIsClosedAfterAMinute() {
    passSeconds(wire, 59);
    assertThat(wire.isOpen()).isTrue();
    passSeconds(wire, 30);
    assertThat(wire.received()).isEmpty();
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void emptyLinesDoNotKeepAConnection() {
    for (int i = 0; i < 9 && wire.isOpen(); i++) {
      wire.send("\r\n\r\n");
      passSeconds(wire, 10);
    }
    assertThat(wire.received()).isEmpty();
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void requestWhoseBodyNeverBeginsIsToldSoAfterAMinute() {
    wire.send("PUT /v1/kv/k HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
    passSeconds(wire, 59);
    assertThat(wire.isOpen()).isTrue();
    passSeconds(wire, 30);
    KeysTest.assertNotApplied(wire.response(), 408);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void connectionInUseIsKept() {
    for (int i = 0; i < 10; i++) {
      passSeconds(wire, 50);
      assertThat(wire.ask("GET", "/livez").status()).isEqualTo(200);
    }
  }

  @Test
  void connectionIsKeptWhileAWriteWaitsForItsQuorum() {
    leader.holding();
    wire.put("/v1/kv/first?w=0", "v");
    wire.send(Wire.request("PUT", "/v1/kv/k", "v"));
    passSeconds(wire, 600);
    assertThat(wire.isOpen()).isTrue();
    leader.deliver(0, 2);
    assertThat(wire.response().status()).isEqualTo(200);
    passSeconds(wire, 40);
    assertThat(wire.isOpen()).isTrue();
    passSeconds(wire, 50);
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void connectionOfALeaderIsKeptForTenMinutes() {
    Wire link = new Wire(new TestFollower());
    assertThat(link.askWith("POST", "/v1/replication/append", "x").status()).isEqualTo(200);
    passSeconds(link, 599);
    assertThat(link.isOpen()).isTrue();
    passSeconds(link, 30);
    assertThat(link.isOpen()).isFalse();
  }
}
