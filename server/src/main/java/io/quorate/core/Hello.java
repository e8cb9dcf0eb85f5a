package io.quorate.core;

/**
 * From the leader: who leads, and how far it is. Asks a follower who it is and how far it has come;
 * also the heartbeat.
 *
 * @param leadership {@link Leadership#NONE} from one that only asks around and leads nobody yet
 * @param base the version at which the leadership began
 * @param life as what its sender knows the receiver; {@link Life#NONE} where it does not yet
 * @param granted whether the nodes have granted it: only then does a node that holds another's
 *     mutations follow
 * @param unclean whether confirmed writes may have been lost before it
 * @param lastVersion newest version given
 * @param confirmedVersion all through it confirmed
 * @param tombstoneFloor tombstones at or below it may go
 * @param receiptFloor there are no receipts of writes at or below it any more
 * @param leastQuorum the cluster's least write quorum; 0 where there is none
 * @param leaseNanos the cluster's lease: for how long from the answer on a leader counts on this
 *     node to grant nothing; 0 in memory
 */
public record Hello(
    Leadership leadership,
    Life life,
    long base,
    boolean granted,
    boolean unclean,
    long lastVersion,
    long confirmedVersion,
    long tombstoneFloor,
    long receiptFloor,
    int leastQuorum,
    long leaseNanos) {

  /** From one that leads nobody. */
  public static Hello asking(int leastQuorum, long leaseNanos) {
    return new Hello(
        Leadership.NONE, Life.NONE, 0, false, false, 0, 0, 0, 0, leastQuorum, leaseNanos);
  }
}
