package io.quorate.core;

/**
 * For each write quorum, how often each follower's acknowledgement was the one that completed it.
 *
 * <p>A write counts once, when it is confirmed, for the follower whose report the leader was
 * reading then, whether within its deadline or after it. Reports are read one by one, as they
 * arrive, and one report may complete many writes: each of them counts. It makes no difference how
 * the follower came by the write: applied, skipped for something newer of its key, by a snapshot,
 * or in an earlier append whose report was lost. An acknowledgement that was taken back before the
 * quorum was there has completed nothing. Writes with a quorum of 0 are in no count, for nobody's
 * acknowledgement confirms them.
 */
final class Completions {

  private final int followers;

  /** Of quorum w and follower f: {@code (w - 1) * followers + f}. */
  private final long[] counts;

  Completions(int followers) {
    this.followers = followers;
    this.counts = new long[followers * followers];
  }

  /** Counts a write that this follower's acknowledgement has confirmed. */
  void count(int required, int follower) {
    counts[(required - 1) * followers + follower]++;
  }

  /** How many writes with this quorum, 1 and up, this follower completed. */
  long of(int required, int follower) {
    return counts[(required - 1) * followers + follower];
  }
}
