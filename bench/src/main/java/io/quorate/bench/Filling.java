package io.quorate.bench;

import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;

/** Gives a node so many keys. */
final class Filling {
  private static final long MOST_STINT_SECONDS = 4;
  private static final Duration FILL_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LEVEL_LIMIT = Duration.ofSeconds(30);

  /** Requests that the end of a stint cut off are among so many. */
  private static final long OVERLAP = 1_000;

  private Filling() {}

  /**
   * Writes 64 bytes to one key after the other, until the leader holds that many.
   *
   * @param quorum followers that must confirm each
   * @throws Refusal when a write fails, a stint brings no new key, or it takes too long
   */
  static void fill(Bench bench, NodeUrl leader, int quorum, long keys) throws Refusal {
    Wrk wrk = new Wrk(bench);
    long deadlineNanos = System.nanoTime() + FILL_LIMIT.toNanos();
    long stintSeconds = 1;
    for (long held = bench.keys(leader); held < keys; ) {
      wrk.run(
          leader,
          Wrk.CONNECTIONS,
          Duration.ofSeconds(stintSeconds),
          Wrk.Script.FILL,
          Integer.toString(quorum),
          Long.toString(Math.max(0, held - OVERLAP)),
          Long.toString(keys - 1));
      long now = bench.keys(leader);
      if (now <= held) {
        throw Refusal.failed("filling: " + leader + " stays at " + now + " keys");
      }
      if (now < keys && System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            "filling: " + now + " of " + keys + " keys after " + FILL_LIMIT.toMinutes() + " min");
      }
      stintSeconds = nextStintSeconds(keys - now, now - held, stintSeconds);
      held = now;
    }
  }

  /** As long as the keys that are left should take: what is more overwrites. */
  static long nextStintSeconds(long left, long written, long seconds) {
    return Math.max(1, Math.min(MOST_STINT_SECONDS, left * seconds / written));
  }

  /** Waits until a follower holds as many as its leader. */
  static void awaitKeys(Bench bench, NodeUrl follower, long keys) throws Refusal {
    long deadlineNanos = System.nanoTime() + LEVEL_LIMIT.toNanos();
    while (bench.keys(follower) < keys) {
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            "filling: " + follower + " is not level after " + LEVEL_LIMIT.toSeconds() + " s");
      }
      bench.pause(POLL);
    }
  }
}
