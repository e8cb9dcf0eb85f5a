package io.quorate.replication;

/** How a change of leadership that was asked for ended. */
public sealed interface Transition {

  /**
   * This node leads and serves.
   *
   * @param id of this node
   * @param baseVersion the version at which the epoch begins
   * @param unclean whether it was forced, so that confirmed writes may be missing
   */
  record Done(String id, long epoch, long baseVersion, boolean unclean) implements Transition {}

  /**
   * Another node leads in place of this one.
   *
   * @param from id of this node
   * @param to id of the node that leads
   * @param epoch the new leader's
   * @param pausedNanos how long no write was given a version
   */
  record Moved(String from, String to, long epoch, long pausedNanos) implements Transition {}

  /**
   * Nothing was changed that a later attempt could not make good.
   *
   * @param reason what is missing, and what could be lost by going on all the same
   * @param grants nodes that granted or would grant the epoch, the candidate included
   * @param needed grants that it takes; 0 where their number is not what stands in the way
   */
  record Refused(String reason, int grants, int needed) implements Transition {

    /** One that is not about grants. */
    public Refused(String reason) {
      this(reason, 0, 0);
    }
  }

  /**
   * The time was over first.
   *
   * @param reason how far it got, and who leads now
   */
  record TimedOut(String reason) implements Transition {}

  /** The node that is to lead is none of this leader's followers. */
  record UnknownTarget(String reason) implements Transition {}
}
