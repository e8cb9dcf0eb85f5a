package io.quorate.replication;

import static io.quorate.replication.ThreeNodes.TIMEOUT_NANOS;
import static io.quorate.replication.ThreeNodes.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for a state at one version. */
final class StateMomentsTest {

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final AtomicInteger runs = new AtomicInteger();
  private volatile boolean present;
  private final StateMoments moments = new StateMoments(loop, () -> present);

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private CompletableFuture<Boolean> begin(long timeoutNanos) {
    return moments.await(runs::incrementAndGet, timeoutNanos).toCompletableFuture();
  }

  private void onLoop(Runnable action) {
    join(CompletableFuture.runAsync(action, loop));
  }

  private void look() {
    onLoop(() -> moments.look(System.nanoTime()));
  }

  @Test
  void presentMomentIsTakenAtOnce() {
    present = true;
    assertThat(join(begin(0))).isTrue();
    assertThat(runs).hasValue(1);
  }

  @Test
  void nextMomentIsTakenByAllThatWaitOnce() {
    CompletableFuture<Boolean> one = begin(TIMEOUT_NANOS);
    CompletableFuture<Boolean> other = begin(TIMEOUT_NANOS);
    look();
    assertThat(one).isNotDone();
    assertThat(other).isNotDone();
    present = true;
    look();
    look();
    assertThat(join(one)).isTrue();
    assertThat(join(other)).isTrue();
    assertThat(runs).hasValue(2);
  }

  @Test
  void momentThatDoesNotComeInTimeIsNotTakenLater() {
    CompletableFuture<Boolean> late = begin(1);
    look();
    assertThat(join(late)).isFalse();
    present = true;
    look();
    assertThat(runs).hasValue(0);
  }

  @Test
  void whoWaitsWhenTheNodeStopsHasWaitedInVain() {
    CompletableFuture<Boolean> waiting = begin(TIMEOUT_NANOS);
    onLoop(() -> moments.stop(System.nanoTime()));
    assertThat(join(waiting)).isFalse();
    assertThat(join(begin(TIMEOUT_NANOS))).isFalse();
    present = true;
    assertThat(join(begin(TIMEOUT_NANOS))).isTrue();
  }

  @Test
  void actionThatFailsIsToldAndKeepsNobodyElseWaiting() {
    present = true;
    assertThatThrownBy(
            () ->
                join(
                    moments.await(
                        () -> {
                          throw new IllegalStateException("planted");
                        },
                        TIMEOUT_NANOS)))
        .hasMessageContaining("planted");
    assertThat(join(begin(TIMEOUT_NANOS))).isTrue();
  }
}
