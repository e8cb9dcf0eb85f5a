package io.quorate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot that is sent while it is made. */
final class SnapshotTest {

  private static final String GET = Wire.request("GET", "/v1/snapshot", "");

  private final TestFollower follower = new TestFollower();
  private final Wire wire = new Wire(follower);
  private TestSnapshot snapshot = use(new TestSnapshot());

  private TestSnapshot use(TestSnapshot next) {
    snapshot = next;
    follower.snapshot = next;
    return next;
  }

  @AfterEach
  void rulesAreKept() {
    assertThat(snapshot.breach()).isEmpty();
    wire.channel.releaseOutbound();
  }

  @Test
  void partsMakeUpTheBody() {
    snapshot.part("ab").part("").part("c".repeat(100_000)).part("d");
    Response whole = wire.ask("GET", "/v1/snapshot");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(whole.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(whole.header("Content-Length")).isEmpty();
    assertThat(whole.text()).isEqualTo("ab" + "c".repeat(100_000) + "d");
    assertThat(snapshot.closed).hasValue(1);
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void requestsBehindItAreAnsweredAfterIt() {
    snapshot.part("a");
    CompletableFuture<ByteBuf> later = snapshot.later();
    wire.send(Wire.request("GET", "/livez", "") + GET + Wire.request("GET", "/v1/kv/k", ""));
    String begun = new String(wire.received(), ISO_8859_1);
    assertThat(begun).endsWith("\r\n1\r\na\r\n");
    wire.send(Wire.request("GET", "/v1/status", ""));
    assertThat(wire.received()).isEmpty();
    later.complete(TestSnapshot.bytes("b"));
    List<Response> responses =
        Response.parse(
            (begun + new String(wire.received(), ISO_8859_1)).getBytes(ISO_8859_1), false);
    assertThat(responses).hasSize(4);
    assertThat(responses.get(1).text()).isEqualTo("ab");
    assertThat(responses.get(2).text()).isEqualTo("v");
    assertThat(responses.get(3).text()).startsWith("{\"id\":\"f0\"");
    use(new TestSnapshot()).part("again");
    assertThat(wire.ask("GET", "/v1/snapshot").text()).isEqualTo("again");
  }

  @Test
  void headHasTheFieldsAndMakesNothing() {
    Response head = wire.ask("HEAD", "/v1/snapshot");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(snapshot.asked).hasValue(0);
    assertThat(wire.ask("GET", "/livez").status()).isEqualTo(200);
  }

  @Test
  void failureClosesTheConnectionWithoutTheLastChunk() {
    snapshot.part("a");
    CompletableFuture<ByteBuf> later = snapshot.later();
    wire.send(GET + Wire.request("GET", "/livez", ""));
    later.completeExceptionally(new IllegalStateException("planted"));
    byte[] received = wire.received();
    assertThat(new String(received, ISO_8859_1)).endsWith("\r\n1\r\na\r\n");
    assertThatThrownBy(() -> Response.parse(received, false)).hasMessageContaining("breaks off");
    assertThat(wire.isOpen()).isFalse();
    assertThat(snapshot.closed).hasValue(1);
  }

  @Test
  void connectionCloseIsKeptToAtItsEnd() {
    snapshot.part("a");
    CompletableFuture<ByteBuf> later = snapshot.later();
    wire.send(Wire.request("GET", "/v1/snapshot", "", "Connection: close"));
    assertThat(wire.isOpen()).isTrue();
    later.complete(TestSnapshot.bytes("b"));
    Response whole = wire.response();
    assertThat(whole.header("Connection")).isEqualTo("close");
    assertThat(whole.text()).isEqualTo("ab");
    assertThat(wire.isOpen()).isFalse();
  }

  @Test
  void nodeThatStopsSendsItToItsEnd() {
    CompletableFuture<ByteBuf> later = snapshot.later();
    wire.send(GET);
    HttpPipeline.stop(wire.channel);
    assertThat(wire.isOpen()).isTrue();
    later.complete(TestSnapshot.bytes("b"));
    assertThat(wire.response().text()).isEqualTo("b");
    assertThat(wire.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void clientThatGoesGivesItsPlaceBack(boolean whileAPartIsMade) {
    TestSnapshot left = snapshot.part("a");
    CompletableFuture<ByteBuf> later = left.later();
    if (!whileAPartIsMade) {
      wire.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    }
    wire.send(GET);
    wire.channel.close().syncUninterruptibly();
    ByteBuf part = TestSnapshot.bytes("b");
    if (whileAPartIsMade) {
      assertThat(left.closed).hasValue(0);
      later.complete(part);
      wire.channel.runPendingTasks();
      assertThat(part.refCnt()).isZero();
    }
    assertThat(left.closed).hasValue(1);
    for (int i = 0; i < 3; i++) {
      use(new TestSnapshot()).part("c");
      assertThat(wire.another().ask("GET", "/v1/snapshot").text()).isEqualTo("c");
    }
  }

  @Test
  void nextPartIsMadeOnlyWhenTheClientTakesTheOneBefore() {
    snapshot.part("a").part("b").part("c");
    wire.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    wire.send(GET);
    wire.channel.runPendingTasks();
    assertThat(snapshot.asked).hasValue(0);
    wire.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    wire.channel.runPendingTasks();
    assertThat(wire.response().text()).isEqualTo("abc");
  }

  @Test
  void moreThanTwoAtATimeAreRefused() {
    CompletableFuture<ByteBuf> first = snapshot.later();
    Wire one = wire.another().send(GET);
    use(new TestSnapshot()).later();
    wire.another().send(GET);
    Response refused = wire.ask("GET", "/v1/snapshot");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("2 snapshots are being sent");
    assertThat(wire.ask("HEAD", "/v1/snapshot").status()).isEqualTo(200);
    first.complete(TestSnapshot.bytes("a"));
    assertThat(one.response().text()).isEqualTo("a");
    use(new TestSnapshot()).part("b");
    assertThat(wire.ask("GET", "/v1/snapshot").text()).isEqualTo("b");
  }

  @Test
  void answerThatNobodyWaitsForGivesItsPlaceBack() {
    leaderHeldUp();
    for (int i = 0; i < 2; i++) {
      use(new TestSnapshot()).part("c");
      assertThat(wire.another().ask("GET", "/v1/snapshot").text()).isEqualTo("c");
    }
  }

  /** Has two snapshots wait behind an answer that never comes, and their clients go. */
  private void leaderHeldUp() {
    for (int i = 0; i < 2; i++) {
      TestSnapshot waiting = use(new TestSnapshot()).part("never sent");
      Wire gone = wire.another();
      gone.send(Wire.request("POST", "/v1/promote", "") + GET);
      assertThat(gone.received()).isEmpty();
      gone.channel.close().syncUninterruptibly();
      assertThat(waiting.closed).hasValue(1);
      assertThat(waiting.breach()).isEmpty();
    }
  }

  @Test
  void partThatIsLongInTheMakingDoesNotMakeItsConnectionIdle() {
    CompletableFuture<ByteBuf> later = snapshot.later();
    wire.send(GET);
    passMinutes(10);
    assertThat(wire.isOpen()).isTrue();
    later.complete(TestSnapshot.bytes("a"));
    assertThat(wire.response().text()).isEqualTo("a");
  }

  @Test
  void clientThatTakesNothingLosesItsPlace() {
    snapshot.part("a").part("b");
    wire.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    wire.send(GET);
    passMinutes(2);
    assertThat(wire.isOpen()).isFalse();
    assertThat(snapshot.closed).hasValue(1);
  }

  private void passMinutes(int minutes) {
    wire.channel.freezeTime();
    for (int i = 0; i < 60 * minutes; i++) {
      wire.channel.advanceTimeBy(1, TimeUnit.SECONDS);
      wire.channel.runScheduledPendingTasks();
    }
  }

  @Test
  void followerThatHoldsPartOfItRefusesAndNamesTheLeader() {
    follower.level = false;
    Response refused = wire.ask("GET", "/v1/snapshot");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("ask the leader, which is at http://leader:8080");
    assertThat(snapshot.asked).hasValue(0);
  }

  @Test
  void leaderThatDoesNotServeRefusesForItMayHoldLessThanOthers() {
    TestLeader stopped = new TestLeader(1);
    stopped.stopLeading();
    for (String method : List.of("GET", "HEAD")) {
      Response refused = new Wire(stopped).ask(method, "/v1/snapshot");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
    }
    assertThat(new Wire(stopped).ask("GET", "/v1/snapshot").text())
        .contains("does not serve: " + stopped.obstacle().orElseThrow());
  }

  @Test
  void answerWaitsForAStateAtOneVersion() {
    snapshot.part("a").beginning = new CompletableFuture<>();
    wire.send(GET);
    assertThat(wire.received()).isEmpty();
    assertThat(snapshot.asked).hasValue(0);
    snapshot.beginning.complete(true);
    assertThat(wire.response().text()).isEqualTo("a");
  }

  @Test
  void followerThatHoldsNoStateAtOneVersionRefusesAndNamesTheLeader() {
    for (int i = 0; i < 3; i++) {
      use(new TestSnapshot()).beginning = CompletableFuture.completedFuture(false);
      Response refused = wire.ask("GET", "/v1/snapshot");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.text())
          .contains("for 5 s this node held no state at one version")
          .contains("ask the leader, which is at http://leader:8080");
      assertThat(snapshot.closed).hasValue(1);
      assertThat(snapshot.asked).hasValue(0);
    }
  }

  @Test
  void beginningThatFailsGivesItsPlaceBack() {
    for (int i = 0; i < 3; i++) {
      use(new TestSnapshot()).beginning =
          CompletableFuture.failedFuture(new IllegalStateException("planted"));
      assertThat(wire.another().ask("GET", "/v1/snapshot").status()).isEqualTo(500);
      assertThat(snapshot.closed).hasValue(1);
    }
  }

  @Test
  void clientThatGoesWhileItIsWaitedForGivesItsPlaceBack() {
    for (int i = 0; i < 3; i++) {
      use(new TestSnapshot()).beginning = new CompletableFuture<>();
      Wire gone = wire.another().send(GET);
      gone.channel.close().syncUninterruptibly();
      snapshot.beginning.complete(true);
      gone.channel.runPendingTasks();
      assertThat(snapshot.closed).hasValue(1);
      assertThat(snapshot.breach()).isEmpty();
    }
  }

  @Test
  void http10IsToldToAskInHttp11() {
    wire.send("GET /v1/snapshot HTTP/1.0\r\nHost: a\r\n\r\n");
    assertThat(wire.response().status()).isEqualTo(505);
    assertThat(snapshot.asked).hasValue(0);
  }

  @Test
  void leaderSendsItsOwn() {
    Response whole = new Wire(new TestLeader(1)).ask("GET", "/v1/snapshot");
    assertThat(whole.status()).isEqualTo(200);
    assertThat(whole.body()).isEmpty();
  }
}
