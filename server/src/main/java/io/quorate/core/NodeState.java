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

  /** Bytes of a snapshot that are staged at most; what is more goes in place. */
  private final long stagedBytesLimit;

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

  /** Whether all that it ever acknowledged is there: not from when a snapshot goes in place. */
  private boolean whole = true;

  private @Nullable SnapshotInstall install;

  /** Whether that one shows every write since the history's last. */
  private boolean seesEveryWrite;

  /**
   * Newest version that its leader's last snapshot has shown: what is above the applied version is
   * held, and comes into the history with the leader's appends only.
   */
  private long shownThrough;

  private @Nullable Membership membership;

  /**
   * Holds nothing.
   *
   * @param historyBytes of the newest writes that it keeps, for followers and for watchers; as much
   *     is kept of a snapshot that arrives
   */
  public NodeState(long historyBytes) {
    this.history = new History(historyBytes);
    this.stagedBytesLimit = historyBytes;
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
    if (!reign.isAbandoned()) {
      history.lose(lastVersion);
    }
    collected = head.tombstoneFloor();
    whole = head.whole();
    membership = head.membership();
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
      disk.storedTogether(write);
      giveUpLateInstall();
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
    giveUpLateInstall();
  }

  private void noteApplied(Mutation mutation) {
    note(mutation);
    if (install != null) {
      install.applied(mutation);
    }
  }

  /** Whether or not it was stored. */
  private void seen(Mutation mutation) {
    seenThrough(mutation.version());
    store.receipts().add(mutation);
  }

  private void seenThrough(long version) {
    lastVersion = Math.max(lastVersion, version);
  }

  private void note(Mutation mutation) {
    if (mutation.isDelete()) {
      tombstones.add(mutation);
    }
  }

  /** As {@link #apply} did when it skipped a mutation. */
  void skip(long version) {
    seenThrough(version);
    applied.add(version);
    history.lose(version);
    history.advance(reign.leadership().epoch(), applied.through());
    disk.skipped(version);
    giveUpLateInstall();
  }

  /** Refuses every older epoch from now on: what one of them was sending comes to nothing. */
  void grant(Leadership leadership) {
    if (!leadership.equals(granted)) {
      leaveInstall();
      if (!whole) {
        leaveReign();
      }
    }
    granted = leadership;
    disk.granted(leadership);
  }

  /**
   * What was lost here is not there again, and what a snapshot that came to nothing has left is no
   * leadership's state: nothing of it stays beside what another node sends, though that may be of
   * the leadership that was entered.
   */
  private void leaveReign() {
    reign = reign.abandoned();
    applied.clear();
    history.dropAllAhead();
    history.restart(reign.leadership().epoch(), 0);
  }

  /** Enters an epoch whose state through its base is what is held now; nothing arrives any more. */
  void enter(Reign entered) {
    leaveInstall();
    if (shownThrough > applied.through()) {
      history.lose(shownThrough);
    }
    if (reign.isAbandoned()) {
      history.restart(entered.leadership().epoch(), entered.base());
    }
    take(entered, entered.base());
    whole = true;
    history.advance(entered.leadership().epoch(), applied.through());
    disk.entered(entered);
  }

  private void take(Reign entered, long version) {
    if (!entered.leadership().equals(reign.leadership())) {
      applied.clear();
      lastVersion = version;
    }
    reign = entered;
    applied.addThrough(version);
    seenThrough(version);
    if (Token.newer(entered.leadership().epoch(), 0, granted.epoch(), 0)) {
      granted = entered.leadership();
    }
  }

  void begin(SnapshotHead head) {
    boolean entering = !head.leadership().equals(reign.leadership());
    leaveInstall();
    var over = new SnapshotInstall.Over(whole, isBlank(), isEmpty());
    var arriving = new SnapshotInstall(head, store, entering, over);
    installs(arriving);
    whole &= !arriving.isInPlace();
    seesEveryWrite = head.everyWrite() && head.since() == applied.through();
    disk.installBegun(head);
  }

  /**
   * It comes to nothing. One that went in place leaves in the store what it has shown; where all
   * that is there is its own, that goes again.
   */
  private void leaveInstall() {
    SnapshotInstall left = install;
    if (left != null && left.replacesAll() && left.over().empty()) {
      store.clear();
      tombstones = new Tombstones();
      lastVersion = 0;
      whole = left.over().whole();
    }
    history.cutAfter(applied.through());
    installs(null);
  }

  /** While one goes in place, what is held is not to be read. */
  private void installs(@Nullable SnapshotInstall arriving) {
    install = arriving;
    store.becomesPartial(arriving != null && arriving.isInPlace());
  }

  /** The snapshot that is arriving shows this. */
  void show(Mutation mutation) {
    takeShown(mutation);
    disk.shown(mutation);
    SnapshotInstall arriving = arriving();
    if (!arriving.isInPlace() && arriving.stagedBytes() > stagedBytesLimit) {
      goInPlace();
    }
  }

  /** What {@link #show} did of it; whether it was too much to stage is {@link #goInPlace}. */
  void takeShown(Mutation mutation) {
    SnapshotInstall arriving = arriving();
    if (arriving.isInPlace()) {
      if (arriving.put(mutation, store)) {
        note(mutation);
      }
      seenThrough(arriving.newestShown());
    } else {
      arriving.stage(mutation);
    }
    if (seesEveryWrite) {
      history.append(mutation, 0);
    }
  }

  /** The snapshot that is arriving shows too much to stage. */
  void goInPlace() {
    SnapshotInstall arriving = arriving();
    arriving.goInPlace();
    installs(arriving);
    whole = false;
    putStaged(arriving);
    seenThrough(arriving.newestShown());
    disk.wentInPlace();
  }

  private SnapshotInstall arriving() {
    SnapshotInstall arriving = install;
    if (arriving == null) {
      throw new IllegalStateException("no snapshot is arriving");
    }
    return arriving;
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
    SnapshotInstall arriving = arriving();
    SnapshotHead head = arriving.head();
    store.becomesPartial(head.isWhole() || arriving.isInPlace());
    putStaged(arriving);
    arriving.dropUnseen(store);
    if (arriving.replacesAll()) {
      store.receipts().retain(arriving.receiptsShown());
    }
    installs(null);
    Reign led = head.reign();
    boolean own = reign.own() && reign.isOf(led.leadership());
    Reign followed = new Reign(led.leadership(), led.base(), own, led.unclean(), led.ancestors());
    boolean ofLeader = head.leadership().equals(granted);
    if (head.isWhole()) {
      long missing = ofLeader ? head.version() : head.tombstoneFloor();
      boolean entered = reign.leadership().equals(led.leadership());
      collected = entered ? Math.max(collected, missing) : missing;
    }
    boolean entering = !led.leadership().equals(reign.leadership());
    take(followed, head.version());
    whole = ofLeader || arriving.isOverWhole();
    noteInHistory(arriving, entering, ofLeader);
    shownThrough = arriving.newestShown();
    seenThrough(arriving.newestShown());
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

  private void putStaged(SnapshotInstall arriving) {
    arriving.putStaged(store).forEach(this::note);
  }

  /**
   * Of the leadership that was entered, one that has nothing new any more is given up: all that it,
   * or one before it, has shown is there.
   */
  private void giveUpLateInstall() {
    SnapshotInstall late = install;
    if (late != null
        && late.head().leadership().equals(reign.leadership())
        && late.isLate(applied.through())) {
      whole = true;
      installs(null);
    }
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
