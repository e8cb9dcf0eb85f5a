package io.quorate.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three nodes without disks over real sockets, each on a loop of its own. */
final class LiveNodeTest {

  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final Settings SETTINGS = new Settings(2, 0, 0, TIMEOUT_NANOS);

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
  private final LoopbackNode first = node("first", 1);
  private final LoopbackNode second = node("second", 2);
  private final LoopbackNode third = node("third", 3);

  private LoopbackNode node(String id, long seed) {
    return new LoopbackNode((EventLoop) loops.next(), id, seed, (path, body) -> {});
  }

  @BeforeEach
  void start() {
    second.follow();
    third.follow();
    first.lead(List.of(second, third), SETTINGS);
    await().until(() -> first.serves() && second.isLevel() && third.isLevel());
    await().until(() -> first.leader().unready().isEmpty());
  }

  @AfterEach
  void stop() {
    for (LoopbackNode node : List.of(first, second, third)) {
      node.live().stop().toCompletableFuture().join();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void configuredLeaderLeadsAndItsFollowersNameIt() {
    put(first, "k", "v");
    NodeStatus leading = first.status();
    assertThat(leading.role()).isEqualTo(Role.LEADER);
    assertThat(leading.standing().serving()).isTrue();
    for (LoopbackNode follower : List.of(second, third)) {
      await().until(() -> holds(follower, "k", "v"));
      NodeStatus following = follower.status();
      assertThat(following.role()).isEqualTo(Role.FOLLOWER);
      assertThat(following.leaderId()).isEqualTo("first");
      assertThat(following.leaderUrl()).isEqualTo(first.url());
      assertThat(following.epoch()).isEqualTo(leading.epoch());
      assertThat(following.writeQuorum()).isEqualTo(SETTINGS.writeQuorum());
    }
  }

  @Test
  void promotionMovesTheLeadershipAndTheOldLeaderFollows() {
    put(first, "k", "v");
    long epoch = first.status().epoch();
    Transition promoted = join(second.shown().promote(false, TIMEOUT_NANOS));
    assertThat(promoted).isInstanceOf(Transition.Done.class);
    Transition.Done done = (Transition.Done) promoted;
    assertThat(done.id()).isEqualTo("second");
    assertThat(done.epoch()).isGreaterThan(epoch);
    assertThat(done.unclean()).isTrue();
    expectLedBySecond();
    assertThat(holds(second, "k", "v")).isTrue();
  }

  @Test
  void leaderThatIsToBePromotedIsLeftAsItIs() {
    assertThat(join(first.shown().promote(true, TIMEOUT_NANOS)))
        .isInstanceOf(Transition.Refused.class);
    put(first, "k", "v");
  }

  @Test
  void followerWhoseClusterIsOutOfReachIsRefusedAndNamesWhatIsMissing() {
    stopListening(first, third);
    Transition refused = join(second.shown().promote(false, TIMEOUT_NANOS));
    assertThat(refused).isInstanceOf(Transition.Refused.class);
    Transition.Refused because = (Transition.Refused) refused;
    assertThat(because.reason()).contains(authority(first)).contains(authority(third));
    assertThat(because.grants()).isEqualTo(1);
    assertThat(because.needed()).isEqualTo(2);
    assertThat(second.shown()).isInstanceOf(FollowerReplica.class);
  }

  @Test
  void switchoverMovesTheLeadershipAndSaysWhereTo() {
    put(first, "k", "v");
    long epoch = first.status().epoch();
    Transition moved = join(first.leader().switchOver("second", TIMEOUT_NANOS));
    assertThat(moved).isInstanceOf(Transition.Moved.class);
    Transition.Moved to = (Transition.Moved) moved;
    assertThat(to.from()).isEqualTo("first");
    assertThat(to.to()).isEqualTo("second");
    assertThat(to.epoch()).isGreaterThan(epoch);
    assertThat(to.pausedNanos()).isPositive();
    expectLedBySecond();
    assertThat(holds(second, "k", "v")).isTrue();
  }

  @Test
  void followerToSwitchOverToMayBeNamedByItsUrl() {
    assertThat(join(first.leader().switchOver(second.url(), TIMEOUT_NANOS)))
        .isInstanceOf(Transition.Moved.class);
    expectLedBySecond();
  }

  @Test
  void switchoverToNobodyKnownChangesNothing() {
    assertThat(join(first.leader().switchOver("fourth", TIMEOUT_NANOS)))
        .isInstanceOf(Transition.UnknownTarget.class);
    put(first, "k", "v");
  }

  @Test
  void switchoverToAFollowerThatIsGoneIsRefusedAndTheLeaderLeadsOn() {
    stopListening(third);
    put(first, "k", "v", 1);
    Transition refused =
        join(first.leader().switchOver("third", TimeUnit.MILLISECONDS.toNanos(200)));
    assertThat(refused).isInstanceOf(Transition.Refused.class);
    put(first, "k", "w", 1);
  }

  @Test
  void writesThatCameDuringASwitchoverAreSentToTheNewLeader() {
    LeaderReplica old = first.leader();
    CompletionStage<Transition> moved = old.switchOver("second", TIMEOUT_NANOS);
    Told during = new Told();
    old.write(Key.of("k"), bytes("v"), 1, TIMEOUT_NANOS, during);
    assertThat(join(moved)).isInstanceOf(Transition.Moved.class);
    assertThat(join(during.end)).isEqualTo("MOVED " + second.url());
    assertThat(old.store().newest(Key.of("k"))).isNull();
  }

  @Test
  void writesReachTheNewLeaderAndAllFollowersAfterTwoSwitchovers() {
    join(first.leader().switchOver("second", TIMEOUT_NANOS));
    expectLedBySecond();
    put(second, "k", "v");
    join(second.leader().switchOver("first", TIMEOUT_NANOS));
    await().until(() -> first.serves() && second.isLevel());
    put(first, "k", "w");
    for (LoopbackNode node : List.of(first, second, third)) {
      await().until(() -> holds(node, "k", "w"));
    }
  }

  @Test
  void statusAskedOfALeadershipThatHasEndedIsAnswered() {
    LeaderReplica old = first.leader();
    join(old.switchOver("second", TIMEOUT_NANOS));
    assertThat(join(old.status()).followers())
        .extracting(NodeStatus.FollowerStatus::id)
        .containsExactly("second", "third");
  }

  @Test
  void switchoverAskedOfALeadershipThatHasEndedIsRefused() {
    LeaderReplica old = first.leader();
    join(old.switchOver("second", TIMEOUT_NANOS));
    assertThat(join(old.switchOver("third", TIMEOUT_NANOS))).isInstanceOf(Transition.Refused.class);
  }

  private void expectLedBySecond() {
    await().until(second::serves);
    await().until(() -> first.isLevel() && third.isLevel());
    for (LoopbackNode follower : List.of(first, third)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(((FollowerReplica) follower.shown()).leaderUrl())
                      .contains(second.url()));
    }
    await().until(() -> second.leader().unready().isEmpty());
    put(second, "after", "x");
    await().until(() -> holds(first, "after", "x") && holds(third, "after", "x"));
  }

  private static void stopListening(LoopbackNode... nodes) {
    for (LoopbackNode node : nodes) {
      node.cutOff();
    }
  }

  private static String authority(LoopbackNode node) {
    return node.url().substring("http://".length());
  }

  private static void put(LoopbackNode leader, String key, String value) {
    put(leader, key, value, 2);
  }

  private static void put(LoopbackNode leader, String key, String value, int required) {
    Told told = new Told();
    leader.leader().write(Key.of(key), bytes(value), required, TIMEOUT_NANOS, told);
    assertThat(join(told.end)).isEqualTo("CONFIRMED");
  }

  private static boolean holds(LoopbackNode node, String key, String value) {
    Entry held = node.shown().store().newest(Key.of(key));
    byte[] bytes = held == null ? null : held.value();
    return bytes != null && new String(bytes, UTF_8).equals(value);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(2 * TIMEOUT_NANOS, TimeUnit.NANOSECONDS).join();
  }

  /** How a write ended, in words. */
  private static final class Told implements Waiter {
    final CompletableFuture<String> end = new CompletableFuture<>();

    @Override
    public void answered(Write write, Answer answer) {
      end.complete(answer.name());
    }

    @Override
    public void refused(Refusal refusal) {
      end.complete(refusal.kind() + " " + refusal.location());
    }
  }
}
