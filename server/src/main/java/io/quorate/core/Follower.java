package io.quorate.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The follower's side of replication: applies each mutation that is newer than what it holds, and
 * reports what it has. Owned by one thread; only its {@link Store} is read by others.
 *
 * <p>What it answers holds once all that the disk was told before is settled there: {@link Node}
 * sees to that.
 */
final class Follower {

  private static final long UNKNOWN = Long.MAX_VALUE;

  private final Life life;
  private final NodeState state;
  private final int leastQuorum;
  private final long leaseNanos;
  private final Lease lease;
  private long confirmedVersion;

  /** Whom it was last told to follow, since this process began. */
  private Leadership following = Leadership.NONE;

  /** Where that one's leader wants clients. */
  private @Nullable String leaderUrl;

  /**
   * The leader's newest version when it first knew of this process: once all through it is applied,
   * it is level.
   */
  private long levelVersion = UNKNOWN;

  private boolean level;

  /**
   * @param leastQuorum the least write quorum that writes may ask for, the same on all nodes
   * @param leaseNanos for how long a leader counts on an answer, the same on all nodes
   * @param owedNanos for how long a leader may count on an answer of an earlier process
   * @param startNanos when this process began
   */
  Follower(
      Life life,
      NodeState state,
      int leastQuorum,
      long leaseNanos,
      long owedNanos,
      long startNanos) {
    this.life = life;
    this.state = state;
    this.leastQuorum = leastQuorum;
    this.leaseNanos = leaseNanos;
    boolean ledLast = state.reign().own() && state.reign().leadership().equals(state.granted());
    this.lease = new Lease(owedNanos, startNanos, !state.isBlank() && !ledLast);
  }

  /** Answers who it is and how far; follows the leadership if it may. */
  Report onHello(Hello hello, long nowNanos) {
    if (hello.leadership().equals(Leadership.NONE)) {
      return report(Report.Verdict.ACCEPTED, nowNanos);
    }
    if (!follow(hello)) {
      return report(Report.Verdict.OTHER_LEADERSHIP, nowNanos);
    }
    lease.renew(hello.leadership(), leaseNanos, nowNanos);
    if (hasEntered()) {
      state.store().receipts().forgetThrough(hello.receiptFloor());
    }
    learn(hello.confirmedVersion(), hello.tombstoneFloor());
    noteLevel();
    boolean full = hasEntered() && state.disk().roomBytes() <= 0;
    return report(full ? Report.Verdict.NO_ROOM : Report.Verdict.ACCEPTED, nowNanos);
  }

  /** What another's cluster has otherwise than this node's, though all have to have it alike. */
  Report.@Nullable Verdict difference(int otherQuorum, long otherLeaseNanos) {
    if (otherQuorum != leastQuorum) {
      return Report.Verdict.OTHER_FLOOR;
    }
    return otherLeaseNanos == leaseNanos ? null : Report.Verdict.OTHER_LEASE;
  }

  /**
   * A newer leadership is followed if the nodes have granted it, or nothing is held: mutations of
   * another are neither merged nor wiped on the quiet. Where this node has granted the epoch to
   * another that asked for it too, that one has come to nothing: this one was granted by most.
   */
  private boolean follow(Hello hello) {
    Leadership leadership = hello.leadership();
    boolean asked = leadership.equals(state.granted());
    if (!asked) {
      long epoch = leadership.epoch();
      boolean newer = epoch > state.granted().epoch();
      boolean won =
          epoch == state.granted().epoch()
              && hello.granted()
              && epoch > state.reign().leadership().epoch();
      if (!(newer && (hello.granted() || state.isEmpty())) && !won) {
        return false;
      }
      state.grant(leadership);
    }
    if (entersAtOnce(hello, asked)) {
      state.enter(new Reign(leadership, 0, false, hello.unclean(), List.of()));
    }
    if (!following.equals(leadership)) {
      following = leadership;
      confirmedVersion = 0;
      levelVersion = UNKNOWN;
    }
    if (levelVersion == UNKNOWN && hello.life().equals(life)) {
      levelVersion = hello.lastVersion();
    }
    return true;
  }

  /**
   * One that holds nothing is what the leader was when it began with nothing. Where there are disks
   * that is no proof that nothing was lost here, unless it granted this leadership, the first of
   * all, and nothing was given yet.
   */
  private boolean entersAtOnce(Hello hello, boolean asked) {
    return !state.reign().leadership().equals(hello.leadership())
        && state.isEmpty()
        && hello.base() == 0
        && (state.disk() == Disk.NONE || (asked && hello.lastVersion() == 0));
  }

  /** Applies what is newer, skips the rest, and acknowledges both. */
  Report onAppend(Append append, long nowNanos) {
    Report refusal = refusal(append.life(), nowNanos);
    if (refusal != null) {
      return refusal;
    }
    if (!append.leadership().equals(state.reign().leadership())
        || !append.leadership().equals(state.granted())) {
      return report(Report.Verdict.OTHER_LEADERSHIP, nowNanos);
    }
    if (!hasRoom(sizeBytes(append.mutations()))) {
      return report(Report.Verdict.NO_ROOM, nowNanos);
    }
    VersionRanges acknowledged = new VersionRanges();
    List<Mutation> mutations = append.mutations();
    for (int begin = 0; begin < mutations.size(); ) {
      int end = begin + 1 + mutations.get(begin).attributes().rest();
      List<Mutation> write = mutations.subList(begin, end);
      state.apply(write);
      write.forEach(mutation -> acknowledged.add(mutation.version()));
      begin = end;
    }
    learn(append.confirmedVersion(), append.tombstoneFloor());
    noteLevel();
    return report(Report.Verdict.ACCEPTED, acknowledged, nowNanos);
  }

  /**
   * Takes a chunk of a snapshot; with the last one, holds exactly the snapshot through its version,
   * and has entered its epoch. A snapshot of no more than is applied is late: its puts could bring
   * back what was deleted since.
   */
  Report onSnapshot(SnapshotChunk chunk, long nowNanos) {
    Report refusal = refusal(chunk.life(), nowNanos);
    if (refusal != null) {
      return refusal;
    }
    SnapshotHead head = chunk.head();
    if (!head.leadership().equals(state.granted())) {
      return report(Report.Verdict.OTHER_LEADERSHIP, nowNanos);
    }
    if (!hasRoom(chunk)) {
      return report(Report.Verdict.NO_ROOM, nowNanos);
    }
    SnapshotInstall install = state.install();
    if (chunk.number() == 0 && isNews(head, install)) {
      begin(head);
      install = state.install();
    }
    if (install == null || !install.awaits(chunk)) {
      boolean again = install != null && install.hasTaken(chunk);
      return report(again ? Report.Verdict.ACCEPTED : Report.Verdict.OTHER_SNAPSHOT, nowNanos);
    }
    take(chunk);
    return report(Report.Verdict.ACCEPTED, nowNanos);
  }

  /**
   * What a node holds while it is replaced is not to be read: parts of it may be older than before.
   */
  void begin(SnapshotHead head) {
    state.begin(head);
    level &= state.isWhole();
  }

  private boolean isNews(SnapshotHead head, @Nullable SnapshotInstall install) {
    boolean entered = head.leadership().equals(state.reign().leadership());
    boolean late = entered && head.version() <= state.applied().through();
    boolean begun =
        install != null
            && install.head().leadership().equals(head.leadership())
            && install.head().attempt() >= head.attempt();
    return !late && !begun;
  }

  private void take(SnapshotChunk chunk) {
    chunk.mutations().forEach(state::show);
    state.takeChunk(chunk.number());
    if (chunk.last()) {
      state.completeInstall();
      noteLevel();
    }
  }

  /** Refuses all that is older from now on, once, and only what is newer than all before. */
  Report onGrant(GrantRequest request, long nowNanos) {
    if (!request.candidate().equals(state.granted())) {
      if (request.candidate().epoch() <= state.granted().epoch()) {
        return report(Report.Verdict.OTHER_LEADERSHIP, nowNanos);
      }
      if (lease.isOver(request.released(), nowNanos)) {
        lease.end(nowNanos);
      } else if (!request.force()) {
        return report(Report.Verdict.LEASED, nowNanos);
      }
      state.grant(request.candidate());
    }
    return report(Report.Verdict.ACCEPTED, nowNanos);
  }

  private @Nullable Report refusal(Life meant, long nowNanos) {
    return meant.equals(life) ? null : report(Report.Verdict.OTHER_LIFE, nowNanos);
  }

  /** For nothing there is always room: a full node, too, may enter an epoch if it lacks nothing. */
  private boolean hasRoom(long bytes) {
    return bytes == 0 || state.disk().roomBytes() > bytes;
  }

  /** Whether the disk has room for the chunk. */
  boolean hasRoom(SnapshotChunk chunk) {
    return hasRoom(sizeBytes(chunk.mutations()));
  }

  private static long sizeBytes(List<Mutation> mutations) {
    long bytes = 0;
    for (Mutation mutation : mutations) {
      bytes += mutation.sizeBytes();
    }
    return bytes;
  }

  /**
   * Only below its own prefix may a tombstone go: what is late there is ignored, and brings no key
   * back.
   */
  private void learn(long newConfirmedVersion, long tombstoneFloor) {
    confirmedVersion = Math.max(confirmedVersion, newConfirmedVersion);
    if (hasEntered()) {
      state.collect(Math.min(tombstoneFloor, state.applied().through()));
    }
  }

  /** Whether it has entered the epoch of the leader that it follows. */
  boolean hasEntered() {
    return state.reign().leadership().equals(following) && !following.equals(Leadership.NONE);
  }

  private void noteLevel() {
    level |= hasEntered() && state.applied().through() >= levelVersion;
  }

  /** How it stands, to whoever asks. */
  Report report(Report.Verdict verdict, long nowNanos) {
    return report(verdict, new VersionRanges(), nowNanos);
  }

  private Report report(Report.Verdict verdict, VersionRanges acknowledged, long nowNanos) {
    SnapshotInstall install = state.install();
    return new Report(
        verdict,
        life,
        state.reign().leadership(),
        state.granted(),
        state.applied().through(),
        state.lastVersion(),
        state.isWhole(),
        false,
        lease.leftNanos(nowNanos),
        install == null || !install.head().leadership().equals(following)
            ? Report.Install.NONE
            : new Report.Install(install.head().attempt(), install.nextNumber()),
        acknowledged);
  }

  Life life() {
    return life;
  }

  /** For how long a leader still counts on this node. */
  long leaseLeftNanos(long nowNanos) {
    return lease.leftNanos(nowNanos);
  }

  void leaderIsAt(String url) {
    leaderUrl = url;
  }

  /** Where the leader that it follows wants its clients; null while it follows none. */
  @Nullable String leaderUrl() {
    return following.equals(Leadership.NONE) ? null : leaderUrl;
  }

  /** It leads, or asks to: whom it followed is of no interest any more. */
  void leave() {
    following = Leadership.NONE;
  }

  /** All through it confirmed, as far as the leader has said. */
  long confirmedVersion() {
    return confirmedVersion;
  }

  /**
   * Whether it has held all that a leader had given when it first knew of this process. Until then
   * what it holds may be less than what an earlier process showed, and is not to be read; nor is it
   * while a snapshot goes in place, which shows key by key what was written together.
   */
  boolean isLevel() {
    return level && state.isWhole() && !state.store().isPartial();
  }
}
