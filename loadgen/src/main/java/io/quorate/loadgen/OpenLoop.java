package io.quorate.loadgen;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An open loop: requests start when the schedule says so, whatever became of those before, and
 * their latency counts from then. A request that is due while every lane is busy waits for one, and
 * its wait is latency.
 *
 * <p>The requests that wait are the schedule itself, from {@link #nextNanos} to now: they take no
 * memory, none is left out, and they start in their order. One that has waited {@link
 * #LONGEST_WAIT} ends the run.
 */
final class OpenLoop implements Pace {
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** From the start of the run to that of its schedule. */
  private static final long LEAD_NANOS = 1_000_000;

  private final Traffic traffic;
  private final EventLoop loop;
  private final ArrivalSchedule.Starts starts;
  private final Quota quota;
  private final RateCheck rate = new RateCheck();
  private final CompletableFuture<RunEnd> done = new CompletableFuture<>();
  private final ArrayDeque<Lane> idle = new ArrayDeque<>();
  private int lanes;
  private long originNanos;

  /** When the next request is to start, by {@link System#nanoTime}. */
  private long nextNanos;

  /** Whether no further request is to start. */
  private boolean over;

  private boolean timerSet;
  private @Nullable String cutShort;

  OpenLoop(Traffic traffic, EventLoop loop, ArrivalSchedule schedule, Quota quota) {
    this.traffic = traffic;
    this.loop = loop;
    this.starts = schedule.starts();
    this.quota = quota;
  }

  @Override
  public void start(List<Lane> all) {
    originNanos = System.nanoTime() + LEAD_NANOS;
    lanes = all.size();
    idle.addAll(all);
    advance();
    setTimer();
  }

  private void advance() {
    long fromOriginNanos = starts.nextNanos();
    nextNanos = originNanos + fromOriginNanos;
    if (quota.isUsedUp(traffic.writesBegun(), fromOriginNanos)) {
      over(null);
    }
  }

  private void over(@Nullable String why) {
    over = true;
    cutShort = why;
  }

  /** What is due already and will not be sent has failed. */
  private void dropDue(long nowNanos) {
    while (!over && nextNanos <= nowNanos) {
      rate.started();
      traffic.drop();
      advance();
    }
  }

  private void setTimer() {
    if (over) {
      endWhenAllAreIdle();
    } else if (!timerSet && !idle.isEmpty()) {
      timerSet = true;
      loop.schedule(this::due, nextNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }

  private void due() {
    timerSet = false;
    if (traffic.isStopped()) {
      return;
    }
    for (Lane lane = idle.peek(); lane != null && !over; lane = idle.peek()) {
      long nowNanos = System.nanoTime();
      if (nextNanos > nowNanos) {
        break;
      }
      idle.remove();
      sendNext(lane, nowNanos, nowNanos - nextNanos);
    }
    setTimer();
  }

  /**
   * @param lateNanos how long the request was due while a lane was free for it
   */
  private void sendNext(Lane lane, long nowNanos, long lateNanos) {
    traffic.recording().late().succeeded(lateNanos);
    rate.started();
    lane.send(nextNanos);
    advance();
    if (over) {
      return;
    }
    if (nowNanos - nextNanos > LONGEST_WAIT.toNanos()) {
      dropDue(nowNanos);
      over("requests waited " + LONGEST_WAIT.toSeconds() + " s for a connection");
    } else if (traffic.log().isFull()) {
      dropDue(nowNanos);
      over("more than " + WriteLog.MOST_UNCONFIRMED + " writes failed");
    }
  }

  @Override
  public void free(Lane lane, boolean succeeded) {
    long nowNanos = System.nanoTime();
    if (succeeded) {
      rate.succeeded(lane.intendedNanos() - originNanos, nowNanos - originNanos);
    }
    if (!over && idle.isEmpty() && nextNanos <= nowNanos) {
      sendNext(lane, nowNanos, 0);
      return;
    }
    idle.add(lane);
    setTimer();
  }

  private void endWhenAllAreIdle() {
    if (idle.size() == lanes && !done.isDone()) {
      double seconds = (System.nanoTime() - originNanos) / 1e9;
      done.complete(new RunEnd(seconds, rate.isReached(), cutShort));
    }
  }

  @Override
  public void end() {
    if (!over) {
      over(null);
      setTimer();
    }
  }

  @Override
  public void stopped() {
    if (!over) {
      dropDue(System.nanoTime());
      over(StopSignal.STOPPED);
    }
  }

  @Override
  public CompletableFuture<RunEnd> done() {
    return done;
  }
}
