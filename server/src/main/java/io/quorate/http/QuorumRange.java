package io.quorate.http;

/**
 * Which quorums a leader takes: 0, and {@code least} to {@code followers}.
 *
 * @param least 1 or more
 */
record QuorumRange(int followers, int least) {

  /** {@code majority} of the followers; 0 where there are none. */
  int majority() {
    return followers == 0 ? 0 : followers / 2 + 1;
  }

  boolean takes(long quorum) {
    return quorum == 0 || (quorum >= least && quorum <= followers);
  }

  /** As it is told to whoever asked for another. */
  String numbers() {
    if (least == 1) {
      return "0 to " + followers;
    }
    return least > followers ? "0" : "0, " + least + " to " + followers;
  }
}
