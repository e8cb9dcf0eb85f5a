package io.quorate.bench;

import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.time.Duration;

/** Gives a node so many keys. */
final class Filling {
  private static final Duration STINT = Duration.ofSeconds(4);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LEVEL_LIMIT = Duration.ofSeconds(30);

  /** Requests that the end of a stint cut off are among so many. */
  private static final long OVERLAP = 1_000;

  private Filling() {}

  /**
   * Writes 64 bytes to one key after the other, until the leader holds that many.
   *
   * @param quorum followers that must confirm each
   * @throws Refusal when a write fails, or a stint brings no new key
   */
  static void fill(Bench bench, NodeUrl leader, int quorum, long keys) throws Refusal {
    Wrk wrk = new Wrk(bench);
    for (long held = bench.keys(leader); held < keys; ) {
      wrk.run(
          leader,
          Wrk.CONNECTIONS,
          STINT,
          Wrk.Script.FILL,
          Integer.toString(quorum),
          Long.toString(Math.max(0, held - OVERLAP)),
          Long.toString(keys - 1));
      long now = bench.keys(leader);
      if (now <= held) {
        throw Refusal.failed("filling: " + leader + " stays at " + now + " keys");
      }
      held = now;
    }
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
