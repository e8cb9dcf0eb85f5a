package io.quorate.core;

/** How many nodes must grant an epoch. */
final class Grants {

  private Grants() {}

  /**
   * So many that one of them holds each write that was confirmed by {@code leastQuorum} followers
   * or more, and that no two leaders get them: of a cluster of {@code followers} + 1 nodes.
   */
  static int needed(int followers, int leastQuorum) {
    int nodes = followers + 1;
    int least = Math.min(leastQuorum, followers);
    return Math.max(followers - least + 1, nodes / 2 + 1);
  }
}
