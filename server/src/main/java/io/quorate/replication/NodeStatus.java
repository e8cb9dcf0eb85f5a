package io.quorate.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node at one moment, as {@code /v1/status} shows it.
 *
 * @param leaderId null when no leader is known
 * @param leaderUrl where the leader wants its clients; null when no leader is known
 * @param incarnation hexadecimal
 * @param transport {@code epoll} or {@code nio}
 * @param lastVersion leader: newest given; follower: newest seen
 * @param appliedVersion all through it applied
 * @param confirmedVersion all through it confirmed, as far as this node knows
 * @param heldBackBy what holds the confirmed version back; null when nothing does, and on followers
 * @param writeQuorum the leader's; null on a follower that no leader has told it
 * @param minDelayNanos the leader's injected delay; null on a follower that no leader has told it
 * @param watchers watches that are open here
 * @param completions on the leader, by quorum, of each that has confirmed a write; null on a
 *     follower
 * @param followers on the leader, in the order of its configuration; null on a follower
 * @param durability what of its data outlives the node
 * @param standing where it stands between the leaders of its cluster
 */
public record NodeStatus(
    String id,
    Role role,
    long epoch,
    @Nullable String leaderId,
    @Nullable String leaderUrl,
    String incarnation,
    String transport,
    long lastVersion,
    long appliedVersion,
    long confirmedVersion,
    @Nullable HeldBack heldBackBy,
    @Nullable Integer writeQuorum,
    @Nullable Long minDelayNanos,
    @Nullable Long maxDelayNanos,
    long keys,
    long tombstones,
    long uptimeMillis,
    int watchers,
    @Nullable List<QuorumCompletions> completions,
    @Nullable List<FollowerStatus> followers,
    Durability durability,
    Standing standing) {

  /**
   * What of a node's data outlives it.
   *
   * @param dataDirectory whether it keeps its data on disk
   * @param fsync {@code always}, {@code interval:} and a time, or {@code never}; {@code none} where
   *     nothing is on disk
   * @param mayLose one sentence
   * @param logBytes that its log takes on disk
   * @param snapshotVersion of its newest snapshot on disk; 0 where there is none
   */
  public record Durability(
      boolean dataDirectory, String fsync, String mayLose, long logBytes, long snapshotVersion) {

    /** Of a node that keeps nothing on disk. */
    public static final Durability NONE =
        new Durability(false, "none", "all that this node holds is lost when it ends", 0, 0);
  }

  /**
   * Where a node stands between the leaders of its cluster.
   *
   * @param unclean whether the epoch, or one that it builds on, was forced, so that confirmed
   *     writes may have been lost
   * @param grantedEpoch newest epoch that it granted or entered; it refuses older ones
   * @param minWriteQuorum least {@code w} above 0 that is taken
   * @param leaseNanos how long a follower's answer lets its leader serve confirmed reads
   * @param leaseLeftNanos how long the leader may serve them still; null on a follower
   * @param serving whether the leader takes writes; null on a follower
   */
  public record Standing(
      boolean unclean,
      long grantedEpoch,
      int minWriteQuorum,
      long leaseNanos,
      @Nullable Long leaseLeftNanos,
      @Nullable Boolean serving) {}

  /** The pending write that holds the confirmed version back. */
  public record HeldBack(long epoch, long version, int required, int acknowledgements) {}

  /**
   * Who completed the quorums of the writes that asked for {@code required} followers, 1 and up,
   * and are confirmed.
   *
   * @param followers all, in the order of the leader's configuration
   */
  public record QuorumCompletions(int required, List<Completed> followers) {

    /** How many writes one follower's acknowledgement confirmed. */
    public record Completed(String id, long count) {}

    /** How many such writes were confirmed. */
    public long writes() {
      return followers.stream().mapToLong(Completed::count).sum();
    }
  }

  /**
   * One follower, as its leader knows it.
   *
   * @param state {@code probing}, {@code catching_up} or {@code streaming}
   * @param lastContactMillis how long ago it was heard from; null before the first time
   * @param problem what stands in the way of counting it, such as data of another leadership; else
   *     null
   * @param delayError how exact the injected delay was since the settings last changed
   * @param roundTrip of the batches sent to it since the leadership began
   * @param sentBytes bytes of replication handed to the socket since the leadership began
   */
  public record FollowerStatus(
      String id,
      String url,
      String state,
      long acknowledgedVersion,
      long lag,
      long inFlight,
      @Nullable Long lastContactMillis,
      @Nullable String problem,
      DelayError delayError,
      RoundTrip roundTrip,
      long sentBytes) {}

  /**
   * From the moment a mutation was due to the moment its bytes were handed to the socket;
   * microseconds.
   */
  public record DelayError(long count, double p50Micros, double p99Micros, double maxMicros) {}

  /**
   * From the moment a batch of appends was handed to the socket to its answer, without the injected
   * delay; microseconds, all 0 while the count is.
   *
   * @param count batches that were answered
   */
  public record RoundTrip(
      long count, double p50Micros, double p90Micros, double p99Micros, double maxMicros) {}
}
