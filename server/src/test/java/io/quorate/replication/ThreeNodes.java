package io.quorate.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.core.Condition;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Three nodes without disks over real sockets, each on a loop of its own. The first leads the other
 * two when a test begins.
 */
final class ThreeNodes implements BeforeEachCallback, AfterEachCallback {

  static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Settings settings;
  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());
  final LoopbackNode first = node("first", 1);
  final LoopbackNode second = node("second", 2);
  final LoopbackNode third = node("third", 3);

  ThreeNodes(Settings settings) {
    this.settings = settings;
  }

  private LoopbackNode node(String id, long seed) {
    return new LoopbackNode((EventLoop) loops.next(), id, seed, (path, body) -> {});
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    second.follow();
    third.follow();
    first.lead(List.of(second, third), settings);
    await().until(() -> first.serves() && second.isLevel() && third.isLevel());
    await().until(() -> first.leader().unready().isEmpty());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (LoopbackNode node : List.of(first, second, third)) {
      node.live().stop().toCompletableFuture().join();
    }
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  static void put(LoopbackNode leader, String key, String value) {
    put(leader, key, value, 2);
  }

  static void put(LoopbackNode leader, String key, String value, int required) {
    Told told = new Told();
    leader.leader().write(request(key, value, required, told));
    assertThat(join(told.end)).isEqualTo("CONFIRMED");
  }

  /** A put that waits for its quorum as long as any here. */
  static WriteRequest request(String key, String value, int required, Waiter waiter) {
    return new WriteRequest(
        Key.of(key),
        bytes(value),
        Condition.NONE,
        required,
        System.nanoTime() + TIMEOUT_NANOS,
        waiter);
  }

  static boolean holds(LoopbackNode node, String key, String value) {
    Entry held = node.shown().store().newest(Key.of(key));
    byte[] bytes = held == null ? null : held.value();
    return bytes != null && new String(bytes, UTF_8).equals(value);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(2 * TIMEOUT_NANOS, TimeUnit.NANOSECONDS).join();
  }

  /** How a write ended, in words. */
  static final class Told implements Waiter {
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
