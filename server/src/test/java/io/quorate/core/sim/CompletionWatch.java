package io.quorate.core.sim;

import io.quorate.core.Leader;
import io.quorate.core.sim.PromiseBroken.Promise;

/**
 * Holds a leader's counts of who completed the quorums against what is seen from outside: without
 * disks, whose report was being delivered when a client was answered that its write is confirmed;
 * and, once all is level, how many writes with each quorum there were.
 */
final class CompletionWatch {

  static final int NOBODY = -1;

  private final int followers;

  /** Per quorum and follower: clients answered as confirmed by a report of this follower. */
  private final long[][] answered;

  CompletionWatch(int followers) {
    this.followers = followers;
    this.answered = new long[followers + 1][followers];
  }

  /**
   * A client is answered that its write is confirmed.
   *
   * @param reporting whose report is being delivered
   */
  void onConfirmed(ClientWrite write, int reporting) {
    if (write.required > 0) {
      if (reporting == NOBODY) {
        throw new PromiseBroken(Promise.COMPLETIONS, write + " confirmed by nobody's report");
      }
      answered[write.required][reporting]++;
    }
  }

  /** After each thing that the leader did: whom a client's answer is owed to is counted. */
  void check(Leader leader) {
    for (int required = 1; required <= followers; required++) {
      for (int follower = 0; follower < followers; follower++) {
        if (leader.completions(required, follower) < answered[required][follower]) {
          throw new PromiseBroken(Promise.COMPLETIONS, counts(leader, required, follower));
        }
      }
    }
  }

  /** When every write is confirmed: each that asked for a quorum was completed by one follower. */
  void checkSums(Leader leader, Ledger ledger) {
    for (int required = 1; required <= followers; required++) {
      long sum = 0;
      for (int follower = 0; follower < followers; follower++) {
        sum += leader.completions(required, follower);
      }
      if (sum != ledger.givenWith(required)) {
        throw new PromiseBroken(
            Promise.COMPLETIONS,
            ledger.givenWith(required) + " writes with w=" + required + ", " + sum + " completed");
      }
    }
  }

  private String counts(Leader leader, int required, int follower) {
    return "f"
        + follower
        + " completed "
        + leader.completions(required, follower)
        + " writes with w="
        + required
        + ", and its reports had clients of "
        + answered[required][follower]
        + " answered";
  }
}
