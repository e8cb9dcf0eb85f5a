package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * The follower's side of replication: applies each mutation that is newer than what it holds, and
 * reports what it has. Owned by one thread; only its {@link Store} is read by others.
 */
public final class Follower {

  private final Life life;
  private final Store store = new Store();
  private final Tombstones tombstones = new Tombstones();

  /** All through its prefix was applied here, or holds something newer of its key. */
  private final VersionSet applied = new VersionSet();

  private Leadership leadership = Leadership.NONE;
  private long lastVersion;
  private long confirmedVersion;
  private @Nullable SnapshotInstall snapshot;

  /**
   * The leader's newest version when this node first followed it: once all through it is applied,
   * it is level.
   */
  private long levelVersion;

  private boolean level;

  /**
   * Begins empty, following nobody.
   *
   * @param life random, new with each start, for the data are in memory
   */
  public Follower(Life life) {
    this.life = life;
  }

  /** Answers who it is and how far; follows the leadership if it may. */
  public Report onHello(Hello hello) {
    if (!hello.leadership().equals(Leadership.NONE)) {
      if (!follow(hello)) {
        return report(Report.Verdict.OTHER_LEADERSHIP);
      }
      learn(hello.confirmedVersion(), hello.tombstoneFloor());
    }
    return report(Report.Verdict.ACCEPTED);
  }

  /**
   * A newer leadership is followed while nothing is held: another's mutations are neither merged
   * nor wiped.
   */
  private boolean follow(Hello hello) {
    if (hello.leadership().equals(leadership)) {
      return true;
    }
    if (hello.leadership().epoch() <= leadership.epoch() || lastVersion > 0) {
      return false;
    }
    leadership = hello.leadership();
    levelVersion = hello.lastVersion();
    noteLevel();
    return true;
  }

  /** Applies what is newer, skips the rest, and acknowledges both. */
  public Report onAppend(Append append) {
    Report refusal = refusal(append.leadership(), append.life());
    if (refusal != null) {
      return refusal;
    }
    VersionRanges acknowledged = new VersionRanges();
    for (Mutation mutation : append.mutations()) {
      if (!applied.contains(mutation.version())) {
        apply(mutation);
        applied.add(mutation.version());
      }
      acknowledged.add(mutation.version());
    }
    learn(append.confirmedVersion(), append.tombstoneFloor());
    noteLevel();
    return report(Report.Verdict.ACCEPTED, acknowledged);
  }

  /**
   * Takes a chunk of a snapshot; with the last one, holds exactly the snapshot through its version.
   * A snapshot of no more than is applied is late: its puts could bring back what was deleted
   * since.
   */
  public Report onSnapshot(SnapshotChunk chunk) {
    Report refusal = refusal(chunk.leadership(), chunk.life());
    if (refusal != null) {
      return refusal;
    }
    boolean late = chunk.version() <= applied.through();
    boolean newer = snapshot == null || snapshot.attempt() < chunk.attempt();
    if (chunk.number() == 0 && newer && !late) {
      snapshot = new SnapshotInstall(chunk, store);
    }
    SnapshotInstall install = snapshot;
    if (install == null || !install.awaits(chunk)) {
      boolean again = install != null && install.hasTaken(chunk);
      return report(again ? Report.Verdict.ACCEPTED : Report.Verdict.OTHER_SNAPSHOT);
    }
    install.take(chunk);
    for (Mutation mutation : chunk.mutations()) {
      store(mutation);
    }
    if (chunk.last()) {
      install.dropUnseen(store);
      snapshot = null;
      lastVersion = Math.max(lastVersion, chunk.version());
      applied.addThrough(chunk.version());
      noteLevel();
    }
    return report(Report.Verdict.ACCEPTED);
  }

  private @Nullable Report refusal(Leadership sender, Life meant) {
    if (!meant.equals(life)) {
      return report(Report.Verdict.OTHER_LIFE);
    }
    return sender.equals(leadership) ? null : report(Report.Verdict.OTHER_LEADERSHIP);
  }

  private void apply(Mutation mutation) {
    if (store(mutation) && snapshot != null) {
      snapshot.applied(mutation);
    }
  }

  private boolean store(Mutation mutation) {
    lastVersion = Math.max(lastVersion, mutation.version());
    boolean newer = store.apply(mutation);
    if (newer && mutation.isDelete()) {
      tombstones.add(mutation);
    }
    return newer;
  }

  /**
   * Only below its own prefix may a tombstone go: what is late there is ignored, and brings no key
   * back.
   */
  private void learn(long newConfirmedVersion, long tombstoneFloor) {
    confirmedVersion = Math.max(confirmedVersion, newConfirmedVersion);
    tombstones.collectThrough(Math.min(tombstoneFloor, applied.through()), store);
  }

  private void noteLevel() {
    level |= leadership.epoch() > 0 && applied.through() >= levelVersion;
    if (snapshot != null && applied.through() >= snapshot.version()) {
      snapshot = null;
    }
  }

  private Report report(Report.Verdict verdict) {
    return report(verdict, new VersionRanges());
  }

  private Report report(Report.Verdict verdict, VersionRanges acknowledged) {
    return new Report(verdict, life, leadership, applied.through(), lastVersion, acknowledged);
  }

  /** Any thread may read it. */
  public Store store() {
    return store;
  }

  public Life life() {
    return life;
  }

  /** Whom it follows; {@link Leadership#NONE} before the first. */
  public Leadership leadership() {
    return leadership;
  }

  /** All through it applied. */
  public long appliedVersion() {
    return applied.through();
  }

  /** Newest version seen. */
  public long lastVersion() {
    return lastVersion;
  }

  /** All through it confirmed, as far as the leader has said. */
  public long confirmedVersion() {
    return confirmedVersion;
  }

  /**
   * Whether it has held all that its leader had given when it began to follow it. Until then what
   * it holds may be less than what an earlier life of it showed, and is not to be read.
   */
  public boolean isLevel() {
    return level;
  }
}
