package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProofTest {
  private static final int WRITES = 60;

  private final HttpClient client = new HttpClient();
  private final FakeNode first = FakeNode.follower();
  private final FakeNode second = FakeNode.follower();
  private final FakeNode leader = FakeNode.leader(first, second);
  private final Workload workload = Workload.uniform(42, 10, 24);
  private final WriteLog log = new WriteLog(workload);

  @BeforeEach
  void write() {
    write(WRITES);
  }

  @AfterEach
  void close() {
    client.close();
    leader.close();
    first.close();
    second.close();
  }

  @Test
  void nodesThatHoldWhatWasAnsweredConverged() {
    Sweep.Proof proof = check();
    assertThat(proof.problems()).isEmpty();
    assertThat(proof.converged()).isTrue();
    assertThat(proof.nodes()).isEqualTo(3);
    assertThat(proof.keys()).isEqualTo(10);
    assertThat(proof.digest()).isEqualTo("abc");
  }

  @Test
  void oneByteAlteredInAFollowerIsNoticed() {
    FakeNode.Held held = held(second, 3);
    held.value()[20] ^= 1;
    second.hold(3, held.version(), held.value());
    assertFinds(second.url() + ": key-0003 has another value");
  }

  @Test
  void oneByteAlteredOnEveryNodeIsNoticed() {
    FakeNode.Held held = held(leader, 3);
    byte[] altered = held.value().clone();
    altered[20] ^= 1;
    for (FakeNode node : List.of(leader, first, second)) {
      node.hold(3, held.version(), altered);
    }
    assertFinds("key-0003 has another value");
  }

  @Test
  void anOlderVersionIsNoticed() {
    FakeNode.Held held = held(first, 4);
    first.hold(4, new KeyVersion(1, held.version().version() - 1), held.value());
    assertFinds(first.url() + ": key-0004 has version");
  }

  @Test
  void aNewerVersionOfTheSameValueIsNoticed() {
    FakeNode.Held held = held(first, 4);
    first.hold(4, new KeyVersion(1, held.version().version() + 1000), held.value());
    assertFinds("with a value that no unconfirmed write of it carried");
  }

  @Test
  void aMissingKeyIsNoticed() {
    second.store.remove(Workload.keyName(5));
    assertFinds(second.url() + ": key-0005 is missing");
  }

  @Test
  void aKeyMissingEverywhereIsNoticed() {
    for (FakeNode node : List.of(leader, first, second)) {
      node.store.remove(Workload.keyName(5));
    }
    assertFinds(leader.url() + ": key-0005 is missing");
  }

  @Test
  void aFollowerThatDoesNotAnswerIsNoticed() {
    second.close();
    assertFinds(second.url() + ": cannot read key-0000");
  }

  @Test
  void unconfirmedWritesMayBeThereWhenTheyAreOnAllNodes() {
    leader.writeStatus = number -> number % 2 == 0 ? 504 : 200;
    write(WRITES);
    assertThat(log.unconfirmedWrites()).isPositive();
    assertThat(check().converged()).isTrue();
  }

  @Test
  void anUnconfirmedWriteOnOneNodeAloneIsNoticed() {
    long number = log.begin();
    log.unconfirmed(number);
    int key = workload.key(number);
    second.hold(key, new KeyVersion(2, 1), workload.value(number));
    assertFinds(second.url() + ": " + Workload.keyName(key) + " has version 2.1 of 24 bytes where");
  }

  @Test
  void zeroKeysIsAFailure() {
    Sweep.Proof proof =
        new Proof(client, new WriteLog(workload))
            .check(leader.url(), leader.followerUrls(), new StopSignal());
    assertThat(proof.converged()).isFalse();
    assertThat(proof.problems()).anyMatch(line -> line.contains("no key was written"));
  }

  @Test
  void zeroFollowersIsAFailure() {
    leader.convergence = "{\"converged\":true,\"followers\":[]}";
    Sweep.Proof proof = new Proof(client, log).check(leader.url(), List.of(), new StopSignal());
    assertThat(proof.converged()).isFalse();
    assertThat(proof.problems()).anyMatch(line -> line.contains("no followers"));
  }

  @Test
  void oneFollowerUnderTwoUrlsIsNoticed() {
    NodeUrl again = new NodeUrl("localhost", first.url().port());
    Sweep.Proof proof =
        new Proof(client, log).check(leader.url(), List.of(first.url(), again), new StopSignal());
    assertThat(proof.converged()).isFalse();
    assertThat(proof.problems())
        .containsExactly(first.url() + " and " + again + " are the same node");
  }

  @Test
  void theLeaderAmongItsFollowersIsNoticed() {
    NodeUrl again = new NodeUrl("localhost", leader.url().port());
    Sweep.Proof proof =
        new Proof(client, log).check(leader.url(), List.of(first.url(), again), new StopSignal());
    assertThat(proof.problems())
        .containsExactly(leader.url() + " and " + again + " are the same node");
  }

  @Test
  void aStopEndsTheWaitForTheLeader() {
    leader.convergenceGate = new CountDownLatch(1);
    StopSignal stop = new StopSignal();
    stop.request();
    Sweep.Proof proof =
        new Proof(client, log, Duration.ofMinutes(5))
            .check(leader.url(), leader.followerUrls(), stop);
    leader.convergenceGate.countDown();
    assertThat(proof.problems()).anyMatch(line -> line.contains(StopSignal.STOPPED));
  }

  @Test
  void aNodeThatDoesNotSayWhoItIsIsNoticed() {
    second.status = "{}";
    assertFinds(second.url() + ": cannot tell which node it is: status 200: {}");
  }

  @Test
  void anInconclusiveAnswerOfTheLeaderIsAFailure() {
    leader.convergence = "{\"converged\":null,\"reason\":\"f-2 is out of reach\",\"followers\":[]}";
    assertFinds("f-2 is out of reach");
  }

  @Test
  void aLeaderThatSaysNotConvergedIsBelieved() {
    leader.convergence =
        "{\"converged\":false,\"reason\":\"differ\",\"followers\":[],"
            + "\"differences\":[{\"key\":\"key-0007\"}]}";
    assertFinds("key-0007");
  }

  @Test
  void aLeaderThatComparesFewerFollowersThanItHasIsNotBelieved() {
    leader.convergence = "{\"converged\":true,\"followers\":[{\"id\":\"f\",\"equal\":true}]}";
    assertFinds("calls 1 of 2 followers equal");
  }

  private void write(int writes) {
    Traffic.Shape shape =
        new Traffic.Shape(
            leader.url(), leader.followerUrls(), 4, Mix.WRITES, 2, Duration.ofSeconds(5));
    try (Traffic traffic = new Traffic(client, shape, log)) {
      traffic.closed(Quota.ofWrites(writes), new PassRecording()).join();
    }
  }

  private Sweep.Proof check() {
    return new Proof(client, log, Duration.ofSeconds(2))
        .check(leader.url(), leader.followerUrls(), new StopSignal());
  }

  private void assertFinds(String problem) {
    Sweep.Proof proof = check();
    assertThat(proof.converged()).isFalse();
    assertThat(proof.problems()).anyMatch(line -> line.contains(problem));
  }

  private static FakeNode.Held held(FakeNode node, int key) {
    FakeNode.Held held = Objects.requireNonNull(node.store.get(Workload.keyName(key)));
    return new FakeNode.Held(held.version(), held.value().clone());
  }
}
