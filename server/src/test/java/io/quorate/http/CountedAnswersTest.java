package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each request counts once, as what it asked for and why it ended so. */
final class CountedAnswersTest {

  private final TestLeader leader = new TestLeader(3);
  private final Routes routes = HttpServer.routes(leader, HttpOptions.DEFAULT);
  private final Wire wire = new Wire(routes, HttpOptions.DEFAULT);

  private static Map<Ending, Long> counted(Routes routes, Asked asked) {
    Map<Ending, Long> counted = new EnumMap<>(Ending.class);
    for (Ending ending : Ending.values()) {
      long answers = routes.counts().answers(asked, ending);
      if (answers > 0) {
        counted.put(ending, answers);
      }
    }
    return counted;
  }

  private Map<Ending, Long> counted(Asked asked) {
    return counted(routes, asked);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_LEADING, NOT_LEADING",
    "IMPOSSIBLE_QUORUM, BAD_REQUEST",
    "TOO_FEW_CONNECTED, TOO_FEW_CONNECTED",
    "TOO_MANY_WAITING, TOO_MANY_WAITING",
    "STORE_FULL, STORE_FULL",
    "DISK_FULL, DISK_FULL",
    "MOVED, NOT_LEADING",
    "CONDITION_UNMET, CONDITION_UNMET",
    "CONDITION_UNCERTAIN, CONDITION_UNCERTAIN"
  })
  void refusalsOfTheLeaderKeepTheirReason(Refusal.Kind kind, Ending ending) {
    leader.refusal = new Refusal(kind, "no");
    wire.askWith("PUT", "/v1/kv/k", "v");
    assertThat(counted(Asked.WRITE)).isEqualTo(Map.of(ending, 1L));
    assertThat(ending.isRefusal()).isTrue();
  }

  @Test
  void aWriteThatAnotherLeaderIsToTakeIsRedirected() {
    leader.refusal = new Refusal(Refusal.Kind.MOVED, "gone", "http://n1:8080", null, 0);
    wire.askWith("PUT", "/v1/kv/k", "v");
    assertThat(counted(Asked.WRITE)).isEqualTo(Map.of(Ending.REDIRECTED, 1L));
  }

  @Test
  void aWriteThatALeadershipLeftBehindIsUnknownAndOneThatTimedOutIsNot() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/a?timeout=1s", "v"));
    leader.passTime(2_000_000_000L);
    assertThat(wire.responses()).hasSize(1);
    wire.send(Wire.request("PUT", "/v1/kv/b", "v"));
    leader.stopLeading();
    assertThat(wire.responses()).hasSize(1);
    assertThat(counted(Asked.WRITE)).isEqualTo(Map.of(Ending.UNCONFIRMED, 1L, Ending.UNKNOWN, 1L));
  }

  @Test
  void aWriteWhoseClientHasGoneIsCounted() {
    leader.holding();
    wire.send(Wire.request("PUT", "/v1/kv/a?w=1", "v"));
    wire.channel.close();
    leader.deliver(0, 1);
    assertThat(counted(Asked.WRITE)).isEqualTo(Map.of(Ending.OK, 1L));
  }

  @Test
  void readsOfALeaderThatMayNotServeThemTellWhy() {
    leader.leaseObstacle = "the lease is over";
    wire.askWith("GET", "/v1/kv/k", "");
    assertThat(counted(Asked.READ)).isEqualTo(Map.of(Ending.NO_LEASE, 1L));
    leader.stopLeading();
    wire.askWith("GET", "/v1/kv/k?consistency=local", "");
    assertThat(counted(Asked.READ)).isEqualTo(Map.of(Ending.NO_LEASE, 1L, Ending.NOT_LEADING, 1L));
  }

  @Test
  void readsThatTheirConditionsEndTellSo() {
    wire.askWith("PUT", "/v1/kv/k", "v");
    wire.ask("GET", "/v1/kv/k", "If-None-Match: *");
    wire.ask("GET", "/v1/kv/k", "If-Match: \"1.9\"");
    wire.send("GET /v1/kv/k?min_version=9.9&timeout=1s HTTP/1.1\r\nHost: a\r\n\r\n");
    leader.passTime(2_000_000_000L);
    assertThat(counted(Asked.READ))
        .isEqualTo(
            Map.of(Ending.NOT_MODIFIED, 1L, Ending.CONDITION_UNMET, 1L, Ending.NOT_REACHED, 1L));
  }

  @Test
  void aFaultOfTheNodeIsNoRefusal() {
    leader.failure = new IllegalStateException("planted");
    wire.askWith("PUT", "/v1/kv/k", "v");
    assertThat(counted(Asked.WRITE)).isEqualTo(Map.of(Ending.FAILED, 1L));
    assertThat(Ending.FAILED.isRefusal()).isFalse();
    assertThat(Ending.FAILED.ofWrite()).isEqualTo("unknown");
  }

  @Test
  void whatCannotBeReadIsOfNoKey() {
    wire.send("PUT /v1/kv/k HTTP/1.1\r\n\r\n");
    assertThat(wire.responses()).hasSize(1);
    assertThat(counted(Asked.OTHER)).isEqualTo(Map.of(Ending.BAD_REQUEST, 1L));
    assertThat(counted(Asked.WRITE)).isEmpty();
  }

  @Test
  void followerTellsWhyItDoesNotAnswer() {
    TestFollower follower = new TestFollower();
    Routes ofFollower = HttpServer.routes(follower, HttpOptions.DEFAULT);
    Wire toFollower = new Wire(ofFollower, HttpOptions.DEFAULT);
    follower.level = false;
    follower.leaderUrl = Optional.empty();
    toFollower.askWith("GET", "/v1/kv/k", "");
    toFollower.askWith("PUT", "/v1/kv/k", "v");
    assertThat(counted(ofFollower, Asked.READ)).isEqualTo(Map.of(Ending.NOT_LEVEL, 1L));
    assertThat(counted(ofFollower, Asked.WRITE)).isEqualTo(Map.of(Ending.NOT_LEADING, 1L));
  }
}
