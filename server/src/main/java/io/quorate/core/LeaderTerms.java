package io.quorate.core;

import java.util.Set;

/**
 * On what a leadership stands.
 *
 * @param life of the node that leads
 * @param base the version at which it began
 * @param granted whether the nodes have granted it, not just found to be empty
 * @param unclean whether confirmed writes may have been lost before it
 * @param leastQuorum the least write quorum that a write may ask for; 0 where there are no
 *     followers
 * @param leaseNanos how long a heartbeat's answer counts for confirmed reads; 0 when they need none
 * @param merged incarnations of the nodes whose holdings were taken into the state that it began
 *     with, or that had none
 */
record LeaderTerms(
    Life life,
    long base,
    boolean granted,
    boolean unclean,
    int leastQuorum,
    long leaseNanos,
    Set<Long> merged) {

  /** Of a leader that begins with nothing over followers that have nothing. */
  static LeaderTerms inMemory(Life life, int leastQuorum) {
    return new LeaderTerms(life, 0, false, false, leastQuorum, 0, Set.of());
  }

  boolean isMerged(Life life) {
    return merged.contains(life.incarnation());
  }

  /** How many followers must have entered before it serves. */
  int servingFollowers(int followers) {
    return granted ? Math.min(leastQuorum, followers) : 0;
  }

  /**
   * How many followers must have answered of late so that nobody else can be granted an epoch: the
   * leader itself grants none while it leads.
   */
  int leaseFollowers(int followers) {
    return leaseNanos == 0 ? 0 : followers + 1 - Grants.needed(followers, leastQuorum);
  }
}
