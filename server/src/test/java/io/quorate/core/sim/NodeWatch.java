package io.quorate.core.sim;

import io.quorate.core.Append;
import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.core.Report;
import io.quorate.core.StateHead;
import io.quorate.core.Token;
import io.quorate.core.VersionRanges;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Watches one incarnation of a node, from its birth to its end. Looks at its store, at what it says
 * it has applied, and at what its disk has settled.
 */
final class NodeWatch {

  final int node;

  /** Grows with each incarnation of this node. */
  final int ordinal;

  private final SimWorld world;
  private final @Nullable SimDisk disk;

  /** Of the process that runs, or ran last. */
  private NodeState state = new NodeState(0);

  private StoreWatch store;
  private TogetherWatch together;

  /** Of what it would hold if it crashed now. */
  private final @Nullable TogetherWatch settledTogether;

  /** What it has granted, as it answered: each epoch once. */
  private final Map<Long, Leadership> answeredGrants = new HashMap<>();

  private Leadership granted = Leadership.NONE;

  /** Leaderships granted while it lacked nothing that it had acknowledged. */
  private final Map<Leadership, Boolean> countedGrants = new HashMap<>();

  /** Per key: what was read here, and in which epoch. */
  private final Token[] readLocally;

  private final long[] readInEpoch;

  NodeWatch(SimWorld world, int node, int ordinal, @Nullable SimDisk disk) {
    this.world = world;
    this.node = node;
    this.ordinal = ordinal;
    this.disk = disk;
    int keys = world.plan.keys();
    this.readLocally = new Token[keys];
    this.readInEpoch = new long[keys];
    this.store = new StoreWatch(world, state, toString());
    this.together = new TogetherWatch(world, state, toString());
    this.settledTogether =
        disk == null ? null : new TogetherWatch(world, disk.shadow(), this + ", settled,");
  }

  /** Another process begins over this incarnation's data. */
  void begin(NodeState recovered) {
    state = recovered;
    store = new StoreWatch(world, recovered, toString());
    together = new TogetherWatch(world, recovered, toString());
    granted = recovered.granted();
    if (disk != null) {
      checkRecovered(disk.shadow(), recovered);
    }
  }

  private void checkRecovered(NodeState settled, NodeState recovered) {
    StateHead kept = settled.head();
    StateHead found = recovered.head();
    if (!kept.reign().equals(found.reign())
        || !kept.granted().equals(found.granted())
        || kept.appliedVersion() != found.appliedVersion()
        || !kept.appliedAbove().equals(found.appliedAbove())
        || kept.whole() != found.whole()) {
      throw new PromiseBroken(Promise.RECOVERY, this + " recovered " + found + " of " + kept);
    }
    for (Key key : world.oracle.keys) {
      Entry had = settled.store().newest(key);
      Entry has = recovered.store().newest(key);
      boolean collected =
          has == null && had != null && had.isTombstone() && had.version() <= kept.tombstoneFloor();
      if (!collected && (had == null ? has != null : has == null || !isSame(had, has))) {
        throw new PromiseBroken(
            Promise.RECOVERY,
            this + " recovered " + key + ": " + tokenOf(has) + " of " + tokenOf(had));
      }
    }
  }

  private static boolean isSame(Entry had, Entry has) {
    return had.token().equals(has.token()) && had.expiresAtMillis() == has.expiresAtMillis();
  }

  private static @Nullable Token tokenOf(@Nullable Entry entry) {
    return entry == null ? null : entry.token();
  }

  /** What it would hold if it crashed now; in memory, while it lives. */
  NodeState kept() {
    return disk == null ? state : disk.shadow();
  }

  /** To be called after each thing that it did. */
  void check() {
    Leadership now = state.granted();
    if (!now.equals(granted)) {
      granted = now;
      boolean own = state.reign().leadership().equals(now);
      if (!own) {
        countedGrants.put(now, !state.isBlank() && state.isWhole());
      }
    }
    store.check();
    together.check();
    if (settledTogether != null) {
      settledTogether.check();
    }
  }

  /** Whether it granted this leadership, lacking nothing that it had acknowledged. */
  boolean countsFor(Leadership leadership) {
    return countedGrants.getOrDefault(leadership, false);
  }

  boolean hasAnswered(Leadership leadership) {
    return leadership.equals(answeredGrants.get(leadership.epoch()));
  }

  /** It answers a request for its grant. One that has begun, and is followed, needs it no more. */
  void answersGrant(Leadership candidate, Report report) {
    if (report.verdict() != Report.Verdict.ACCEPTED) {
      if (report.verdict() == Report.Verdict.LEASED) {
        world.tally.note(Happening.GRANT_LEASED);
      }
      return;
    }
    world.tally.note(Happening.GRANTED);
    Leadership before = answeredGrants.putIfAbsent(candidate.epoch(), candidate);
    boolean begun = world.oracle.ledger(candidate) != null;
    if (before != null && !before.equals(candidate) && !begun) {
      throw new PromiseBroken(
          Promise.GRANTED_ONCE, this + " granted " + candidate + " and " + before);
    }
  }

  /** It answers an append. */
  void answersAppend(Append append, Report report) {
    answers(report);
    long newest = answeredGrants.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
    if (report.verdict() == Report.Verdict.ACCEPTED && newest > append.leadership().epoch()) {
      throw new PromiseBroken(
          Promise.OLDER_REFUSED, this + " granted " + newest + " and takes " + append.leadership());
    }
  }

  /** It answers: what it says, its disk has settled. */
  void answers(Report report) {
    if (disk == null || report.leading() || report.verdict() != Report.Verdict.ACCEPTED) {
      return;
    }
    StateHead settled = disk.shadow().head();
    long reignEpoch = settled.reign().leadership().epoch();
    boolean less =
        settled.granted().epoch() < report.granted().epoch()
            || reignEpoch < report.leadership().epoch()
            || (settled.reign().leadership().equals(report.leadership())
                && (settled.appliedVersion() < report.appliedVersion()
                    || !covers(settled, report.acknowledged())));
    if (less) {
      throw new PromiseBroken(
          Promise.SETTLED_FIRST, this + " answers " + report + ", settled is " + settled);
    }
  }

  private static boolean covers(StateHead settled, VersionRanges acknowledged) {
    for (int range = 0; range < acknowledged.size(); range++) {
      for (long v = acknowledged.first(range); v <= acknowledged.last(range); v++) {
        if (v > settled.appliedVersion() && !contains(settled.appliedAbove(), v)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean contains(VersionRanges ranges, long version) {
    for (int range = 0; range < ranges.size(); range++) {
      if (ranges.first(range) <= version && version <= ranges.last(range)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it would still hold all of it if it crashed now, or something newer in its place. */
  boolean coversAll(ClientWrite write) {
    for (ClientWrite each : write.together) {
      if (!covers(each)) {
        return false;
      }
    }
    return true;
  }

  /** Whether it would still hold the write, or something newer in its place, if it crashed now. */
  boolean covers(ClientWrite write) {
    NodeState kept = kept();
    Entry held = kept.store().newest(world.oracle.keys.get(write.key));
    if (held != null) {
      return write.isIn(held);
    }
    Leadership reign = kept.reign().leadership();
    boolean passed =
        reign.epoch() > write.token.epoch()
            || (reign.epoch() == write.token.epoch()
                && kept.head().appliedVersion() >= write.token.version());
    return passed && world.oracle.mayBeAbsent(write);
  }

  /** An append is about to be taken. */
  void noteSkipped(Append append) {
    if (!append.leadership().equals(state.reign().leadership())) {
      return;
    }
    StateHead head = state.head();
    for (Mutation mutation : append.mutations()) {
      Entry held = state.store().newest(mutation.key());
      if (held != null
          && mutation.version() > head.appliedVersion()
          && !contains(head.appliedAbove(), mutation.version())
          && held.token().compareTo(mutation.token()) > 0) {
        world.tally.note(Happening.SKIPPED_OLDER);
      }
    }
  }

  /** A client reads here: within an epoch, never anything older than before. */
  void readLocally(int key, @Nullable Entry entry) {
    Token read = entry == null ? Token.NONE : entry.token();
    long epoch = state.reign().leadership().epoch();
    Token before = readLocally[key];
    if (before != null
        && readInEpoch[key] == epoch
        && read.compareTo(before) < 0
        && !(entry == null && world.oracle.hasDelete(key, before))) {
      throw new PromiseBroken(
          Promise.NEWER_STAYS, this + " showed key" + key + " @" + before + ", then @" + read);
    }
    readLocally[key] = read;
    readInEpoch[key] = epoch;
  }

  /** What it holds now. */
  List<Key> keys() {
    return world.oracle.keys;
  }

  @Override
  public String toString() {
    return "n" + node + " in incarnation " + ordinal;
  }
}
