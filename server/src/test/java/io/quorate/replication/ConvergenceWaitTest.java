package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConvergenceWaitTest {

  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger comparisons = new AtomicInteger();

  @AfterEach
  void stop() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void comparesOnceTheFollowersAreLevel() {
    Convergence found = await(LONG_NANOS, 3, true);
    assertThat(found.converged()).isTrue();
    assertThat(looks.get()).isEqualTo(3);
    assertThat(comparisons.get()).isEqualTo(1);
  }

  @Test
  void comparesAgainWhileItCannotBeSaid() {
    assertThat(await(LONG_NANOS, 1, null, null, false).converged()).isFalse();
    assertThat(comparisons.get()).isEqualTo(3);
  }

  @Test
  void saysWhatItCanWhenTheTimeIsOver() {
    assertThat(await(0, Integer.MAX_VALUE, (Boolean) null).converged()).isNull();
    assertThat(comparisons.get()).isEqualTo(1);
  }

  @Test
  void comparisonThatFailsFailsTheWait() {
    ConvergenceWait wait =
        new ConvergenceWait(
            loop,
            () -> standing(true, true),
            () -> CompletableFuture.failedFuture(new IllegalStateException("planted")),
            System.nanoTime() + LONG_NANOS);
    assertThatThrownBy(() -> wait.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasMessageContaining("planted");
  }

  @Test
  void endsAtOnceWhenTheLeadershipHas() {
    ConvergenceWait wait =
        new ConvergenceWait(
            loop,
            () -> standing(looks.incrementAndGet() < 3, false),
            () -> CompletableFuture.completedFuture(found(comparisons.incrementAndGet() > 0)),
            System.nanoTime() + LONG_NANOS);
    Convergence found = wait.start().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(found.converged()).isNull();
    assertThat(found.reason()).contains("epoch 1 has ended");
    assertThat(looks.get()).isEqualTo(3);
    assertThat(comparisons.get()).isZero();
  }

  @Test
  void lookThatFailsFailsTheWait() {
    ConvergenceWait wait =
        new ConvergenceWait(
            loop,
            () -> {
              throw new IllegalStateException("planted");
            },
            () -> CompletableFuture.completedFuture(found(true)),
            System.nanoTime() + LONG_NANOS);
    assertThatThrownBy(() -> wait.start().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasMessageContaining("planted");
  }

  private Convergence await(long timeoutNanos, int levelAtLook, @Nullable Boolean... results) {
    ConvergenceWait wait =
        new ConvergenceWait(
            loop,
            () -> standing(true, looks.incrementAndGet() >= levelAtLook),
            () -> CompletableFuture.completedFuture(found(results[comparisons.getAndIncrement()])),
            System.nanoTime() + timeoutNanos);
    return wait.start().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static ConvergenceCheck.Standing standing(boolean leading, boolean level) {
    return new ConvergenceCheck.Standing(
        "leader",
        leading,
        1,
        1,
        List.of(new ConvergenceCheck.Standing.Follower("f", true, level, null)));
  }

  private static Convergence found(@Nullable Boolean converged) {
    return new Convergence(converged, 1, 1, 0, null, List.of(), List.of(), null);
  }
}
