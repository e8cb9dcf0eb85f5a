package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Ticker;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.replication.DelayedMutations.Due;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** On a loop in virtual time, whose timers fire as late as a test says. */
final class DelayedMutationsTest {

  private static final long MICRO = TimeUnit.MICROSECONDS.toNanos(1);
  private static final long SEED = 20_251_122;

  /** What a look at the clock takes. */
  private static final long LOOK_NANOS = 100;

  private final LookedAt clock = new LookedAt();
  private final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(clock).build();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final InjectedDelay delay =
      new InjectedDelay(random.split(), new Settings(1, 300 * MICRO, 300 * MICRO, 1));
  private final ArrayDeque<Due> due = new ArrayDeque<>();
  private final List<Due> handedOver = new ArrayList<>();
  private final List<Long> errorsNanos = new ArrayList<>();
  private final DelayedMutations mutations =
      new DelayedMutations(channel.eventLoop(), () -> clock.nowNanos, delay, due, this::takeAll);
  private long version;
  private int told;

  @Test
  void nothingIsHandedOverBeforeItIsDue() {
    delay.change(new Settings(1, 0, 1_000 * MICRO, 1));
    for (int write = 0; write < 5_000; write++) {
      add();
      clock.nowNanos += random.nextLong(200 * MICRO);
      channel.runScheduledPendingTasks();
    }
    run(() -> random.nextLong(80 * MICRO));
    assertThat(handedOver).hasSize(5_000);
    assertThat(errorsNanos).as("seed %d", SEED).allMatch(error -> error >= 0);
  }

  @Test
  void usualLatenessOfTheTimersIsMadeUpFor() {
    for (int write = 0; write < 200; write++) {
      add();
      run(() -> 40 * MICRO);
    }
    assertThat(errorsNanos.get(0)).isGreaterThanOrEqualTo(40 * MICRO);
    assertThat(errorsNanos.subList(100, 200)).allMatch(error -> error < 2 * MICRO);
  }

  @Test
  void shorterDelayOvertakes() {
    add();
    delay.change(new Settings(1, 100 * MICRO, 100 * MICRO, 1));
    add();
    run(() -> 0);
    assertThat(handedOver)
        .extracting(next -> next.write().get(0).version())
        .containsExactly(2L, 1L);
    assertThat(errorsNanos).allMatch(error -> error >= 0 && error < MICRO);
  }

  @Test
  void shorterDelayOvertakesOneThatIsWaitedForAwake() {
    usualLatenessOfTheTimersIsMadeUpFor();
    handedOver.clear();
    add();
    clock.nowNanos += 280 * MICRO;
    channel.runScheduledPendingTasks();
    delay.change(new Settings(1, 5 * MICRO, 5 * MICRO, 1));
    add();
    run(() -> 0);
    assertThat(handedOver)
        .extracting(next -> next.write().get(0).version())
        .containsExactly(202L, 201L);
    assertThat(errorsNanos.subList(200, 202)).allMatch(error -> error >= 0 && error < 2 * MICRO);
  }

  @Test
  void thoseThatComeDueTogetherAreToldOnce() {
    add();
    add();
    clock.nowNanos += 1_000 * MICRO;
    channel.runScheduledPendingTasks();
    assertThat(handedOver).hasSize(2);
    assertThat(told).isOne();
  }

  @Test
  void loopHasNoTimerWhileNothingWaits() {
    add();
    add();
    run(() -> 0);
    assertThat(channel.runScheduledPendingTasks()).isNegative();
    add();
    mutations.clear();
    assertThat(channel.runScheduledPendingTasks()).isNegative();
    assertThat(handedOver).hasSize(2);
  }

  @Test
  void onesAfterTheClearedAreHandedOver() {
    add();
    mutations.clear();
    add();
    run(() -> 0);
    assertThat(handedOver).extracting(next -> next.write().get(0).version()).containsExactly(2L);
  }

  private void add() {
    version++;
    mutations.add(List.of(new Mutation(Key.of("k"), new byte[] {1}, 1, version)), clock.nowNanos);
  }

  /** Until no timer is set; each that the loop has to sleep for fires late. */
  private void run(LongSupplier lateNanos) {
    for (long wait = channel.runScheduledPendingTasks();
        wait >= 0;
        wait = channel.runScheduledPendingTasks()) {
      clock.nowNanos += wait > MICRO ? wait + lateNanos.getAsLong() : wait;
    }
  }

  private void takeAll() {
    told++;
    long handedOverNanos = clock.nowNanos;
    for (Due next : due) {
      handedOver.add(next);
      errorsNanos.add(handedOverNanos - next.dueNanos());
    }
    due.clear();
  }

  /** Time goes on when the loop looks, or else it would wait awake for ever. */
  private static final class LookedAt implements Ticker {
    private long nowNanos;

    @Override
    public long initialNanoTime() {
      return 0;
    }

    @Override
    public long nanoTime() {
      nowNanos += LOOK_NANOS;
      return nowNanos;
    }

    @Override
    public void sleep(long length, TimeUnit unit) {
      nowNanos += unit.toNanos(length);
    }
  }
}
