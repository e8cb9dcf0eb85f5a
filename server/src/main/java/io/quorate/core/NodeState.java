package io.quorate.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a node holds, whichever role it has. Every change of what must outlive the process goes
 * through here, to the disk too.
 */
public final class NodeState {

  private final Store store = new Store();

  private final History history;

  /** Told of every change; {@link Disk#NONE} while what was kept there is told to this state. */
  private Disk disk = Disk.NONE;

  /** All through its prefix was applied here, or holds something newer of its key. */
  private final VersionSet applied = new VersionSet();

  private Tombstones tombstones = new Tombstones();

  private Reign reign = Reign.NONE;

  /** Invariant: its epoch is that of the reign or a later one. */
  private Leadership granted = Leadership.NONE;

  private long lastVersion;

  /** Tombstones at or below it are gone, of the epoch entered. Never goes back within it. */
  private long collected;

  /**
   * Whether all that it ever acknowledged is there: not while a whole snapshot replaces what it
   * held under another leadership.
   */
  private boolean whole = true;

  private @Nullable SnapshotInstall install;

  /** Whether that one shows every write since the history's last. */
  private boolean seesEveryWrite;

  /**
   * Newest version that a snapshot may have shown of a key: what was written with it may be missing
   * until all through it is applied.
   */
  private long shownThrough;

  private @Nullable Membership membership;

  /**
   * Holds nothing.
   *
   * @param historyBytes of the newest writes that it keeps, for followers and for watchers
   */
  public NodeState(long historyBytes) {
    this.history = new History(historyBytes);
  }

  /** Takes what a disk has kept, before {@link #attach}. */
  public Replay replay() {
    return new StateReplay(this);
  }

  /** From now on tells every change to the disk, which has told all that it had kept. */
  public void attach(Disk newDisk) {
    tombstones = Tombstones.of(store);
    tombstones.collectThrough(collected, reign.leadership().epoch(), store);
    disk = newDisk;
  }

  void load(StateHead head) {
    reign = head.reign();
    granted = head.granted();
    lastVersion = head.lastVersion();
    applied.addThrough(head.appliedVersion());
    VersionRanges above = head.appliedAbove();
    for (int range = 0; range < above.size(); range++) {
      for (long version = above.first(range); version <= above.last(range); version++) {
        applied.add(version);
      }
    }
    history.restart(reign.leadership().epoch(), applied.through());
    history.lose(lastVersion);
    collected = head.tombstoneFloor();
    whole = head.whole();
    membership = head.membership();
    shownThrough = lastVersion;
    notePartial();
  }

  /** All but the entries of the store. */
  public StateHead head() {
    return new StateHead(
        reign,
        granted,
        lastVersion,
        applied.through(),
        applied.above(),
        collected,
        whole,
        membership);
  }

  /**
   * Puts the mutations of the leader's own next write into the store.
   *
   * @param required follower acknowledgements that confirm it
   */
  void give(List<Mutation> write, int required) {
    if (write.size() == 1) {
      store.give(write.get(0));
    } else {
      store.giveTogether(write);
    }
    for (Mutation mutation : write) {
      seen(mutation);
      note(mutation);
      applied.add(mutation.version());
      history.append(mutation, required);
    }
    tellStored(write);
  }

  private void tellStored(List<Mutation> write) {
    if (write.size() == 1) {
      disk.stored(write.get(0));
    } else {
      disk.storedTogether(write);
    }
  }

  /** Applies what the leader sent of one write, as one: all that is newer than what is held. */
  void apply(List<Mutation> write) {
    if (write.size() == 1) {
      apply(write.get(0));
    } else if (!applied.contains(write.get(write.size() - 1).version())) {
      List<Mutation> newer = store.applyTogether(write);
      newer.forEach(this::noteApplied);
      for (Mutation mutation : write) {
        seen(mutation);
        applied.add(mutation.version());
      }
      history.applied(write, reign.leadership().epoch(), applied.through());
      notePartial();
      disk.storedTogether(write);
    }
  }

  /** Applies what the leader sent, or skips it where something newer is held. */
  void apply(Mutation mutation) {
    if (applied.contains(mutation.version())) {
      return;
    }
    boolean newer = store.apply(mutation);
    if (newer) {
      noteApplied(mutation);
    }
    seen(mutation);
    if (newer || mutation.attributes().receipt() != null) {
      disk.stored(mutation);
    } else {
      disk.skipped(mutation.version());
    }
    applied.add(mutation.version());
    history.applied(List.of(mutation), reign.leadership().epoch(), applied.through());
    notePartial();
  }

  private void noteApplied(Mutation mutation) {
    note(mutation);
    if (install != null) {
      install.applied(mutation);
    }
  }

  /** Whether or not it was stored. */
  private void seen(Mutation mutation) {
    lastVersion = Math.max(lastVersion, mutation.version());
    store.receipts().add(mutation);
  }

  private void note(Mutation mutation) {
    if (mutation.isDelete()) {
      tombstones.add(mutation);
    }
  }

  /** As {@link #apply} did when it skipped a mutation. */
  void skip(long version) {
    lastVersion = Math.max(lastVersion, version);
    applied.add(version);
    history.lose(version);
    history.advance(reign.leadership().epoch(), applied.through());
    notePartial();
    disk.skipped(version);
  }

  /** Refuses every older epoch from now on. */
  void grant(Leadership leadership) {
    granted = leadership;
    disk.granted(leadership);
  }

  /** Enters an epoch whose state through its base is what is held now; nothing arrives any more. */
  void enter(Reign entered) {
    leaveInstall();
    installs(null);
    take(entered, entered.base(), true);
    history.advance(entered.leadership().epoch(), applied.through());
    disk.entered(entered);
  }

  /**
   * @param complete whether it holds all that it ever acknowledged, if this leadership is another
   *     than before
   */
  private void take(Reign entered, long version, boolean complete) {
    if (!entered.leadership().equals(reign.leadership())) {
      applied.clear();
      lastVersion = version;
      whole = complete;
    }
    reign = entered;
    applied.addThrough(version);
    lastVersion = Math.max(lastVersion, version);
    notePartial();
    if (Token.newer(entered.leadership().epoch(), 0, granted.epoch(), 0)) {
      granted = entered.leadership();
    }
  }

  void begin(SnapshotHead head) {
    boolean entering = !head.leadership().equals(reign.leadership());
    leaveInstall();
    installs(new SnapshotInstall(head, store, entering, whole && !isBlank()));
    if (head.isWhole() && entering) {
      whole &= isEmpty();
      shownThrough = 0;
    }
    seesEveryWrite = head.everyWrite() && head.since() == applied.through();
    disk.installBegun(head);
  }

  /** What a snapshot has shown stays in the store, though it came to nothing. */
  private void leaveInstall() {
    SnapshotInstall left = install;
    if (left != null) {
      history.lose(left.newestShown());
    }
    history.cutAfter(applied.through());
  }

  private void installs(@Nullable SnapshotInstall arriving) {
    install = arriving;
    notePartial();
  }

  private void notePartial() {
    store.becomesPartial(install != null || applied.through() < shownThrough);
  }

  /** The snapshot that is arriving shows this. */
  void show(Mutation mutation) {
    SnapshotInstall arriving = install;
    shownThrough = Math.max(shownThrough, mutation.version());
    seen(mutation);
    if (arriving != null && arriving.show(mutation, store)) {
      note(mutation);
    }
    if (seesEveryWrite) {
      history.append(mutation, 0);
    }
    disk.shown(mutation);
  }

  void takeChunk(int number) {
    SnapshotInstall arriving = install;
    if (arriving != null) {
      arriving.taken(number);
    }
    disk.chunkTaken(number);
  }

  /**
   * The snapshot is complete: what it did not show goes, and its epoch is entered. Where it is not
   * its leader's but another node's, to be taken over by this one as a candidate, it makes no up
   * for what was lost here: not all that was confirmed need be there. A leader goes on collecting
   * tombstones while it is read, so that any through its version may be missing.
   */
  void completeInstall() {
    SnapshotInstall arriving = install;
    if (arriving == null) {
      throw new IllegalStateException("no snapshot is arriving");
    }
    arriving.dropUnseen(store);
    if (arriving.replacesAll()) {
      store.receipts().retain(arriving.receiptsShown());
    }
    installs(null);
    SnapshotHead head = arriving.head();
    Reign led = head.reign();
    boolean own = reign.own() && reign.leadership().equals(led.leadership());
    Reign followed = new Reign(led.leadership(), led.base(), own, led.unclean(), led.ancestors());
    boolean ofLeader = head.leadership().equals(granted);
    if (head.isWhole()) {
      long missing = ofLeader ? head.version() : head.tombstoneFloor();
      boolean entered = reign.leadership().equals(led.leadership());
      collected = entered ? Math.max(collected, missing) : missing;
    }
    boolean entering = !led.leadership().equals(reign.leadership());
    take(followed, head.version(), ofLeader || arriving.isOverWhole());
    noteInHistory(arriving, entering, ofLeader);
    lastVersion = Math.max(lastVersion, arriving.newestShown());
    if (head.isWhole()) {
      tombstones = Tombstones.of(store);
    }
    disk.installed();
  }

  /**
   * Nothing is missing in the history where every write was shown, or there was none since what is
   * held. What another than the leader showed beyond its version is not all that there was.
   */
  private void noteInHistory(SnapshotInstall complete, boolean entering, boolean ofLeader) {
    SnapshotHead head = complete.head();
    long epoch = reign.leadership().epoch();
    if (entering) {
      history.dropAllAhead();
    }
    if (head.isWhole() || (!seesEveryWrite && complete.newestShown() > 0)) {
      if (entering) {
        history.restart(epoch, head.version());
      }
      history.lose(ofLeader ? head.version() : Math.max(head.version(), complete.newestShown()));
    }
    seesEveryWrite = false;
    history.advance(epoch, applied.through());
  }

  /** Gives up the snapshot that is arriving: it has nothing new any more. */
  void giveUpInstall() {
    installs(null);
  }

  /** Removes the tombstones at or below the floor. */
  void collect(long floor) {
    long epoch = reign.leadership().epoch();
    if (tombstones.collectThrough(floor, epoch, store) > 0 && floor > collected) {
      noteCollected(floor);
    }
  }

  void noteCollected(long floor) {
    collected = floor;
    disk.collected(floor);
  }

  void member(Membership members) {
    if (!members.equals(membership)) {
      membership = members;
      disk.membership(members);
    }
  }

  /**
   * The version through which another node holds exactly what this one holds, so that it needs only
   * what is newer; 0 when it has to get everything.
   *
   * @param merged whether all that it holds was taken into this state when the leadership began
   */
  long commonVersion(Report other, boolean merged) {
    long through = other.appliedVersion();
    if (!other.whole() || other.isBlank() || collected > through) {
      return 0;
    }
    if (other.leadership().equals(reign.leadership())) {
      return through;
    }
    if (!merged && other.lastVersion() > through) {
      return 0;
    }
    for (Reign.Ancestor ancestor : reign.ancestors()) {
      if (ancestor.leadership().equals(other.leadership())) {
        return through <= ancestor.through() ? through : 0;
      }
    }
    return 0;
  }

  /** Any thread may read it. */
  public Store store() {
    return store;
  }

  Disk disk() {
    return disk;
  }

  VersionSet applied() {
    return applied;
  }

  History history() {
    return history;
  }

  Tombstones tombstones() {
    return tombstones;
  }

  public Reign reign() {
    return reign;
  }

  /** It refuses every epoch below this one. */
  public Leadership granted() {
    return granted;
  }

  long lastVersion() {
    return lastVersion;
  }

  long collected() {
    return collected;
  }

  /** All through it applied. */
  public long appliedVersion() {
    return applied.through();
  }

  /** Whether it has applied all through this version, or entered a later epoch. */
  boolean has(Token token) {
    long epoch = reign.leadership().epoch();
    return token.epoch() < epoch
        || (token.epoch() == epoch && token.version() <= applied.through());
  }

  /** Whether it lacks nothing that it ever acknowledged. */
  public boolean isWhole() {
    return whole;
  }

  /** Whether a snapshot is arriving. */
  public boolean isInstalling() {
    return install != null;
  }

  @Nullable SnapshotInstall install() {
    return install;
  }

  public @Nullable Membership membership() {
    return membership;
  }

  /** Whether it has never held anything, nor entered an epoch. */
  public boolean isBlank() {
    return reign.leadership().equals(Leadership.NONE);
  }

  boolean isEmpty() {
    return lastVersion == 0;
  }
}
