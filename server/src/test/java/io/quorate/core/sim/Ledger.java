package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Leadership;
import io.quorate.core.Reign;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One leadership: what it began with, and all writes that it accepted from its clients. */
final class Ledger {

  final Leadership leadership;
  final long base;
  final boolean unclean;

  private final boolean durable;

  /** Whose leader it is. */
  final SimNode leader;

  private final List<Reign.Ancestor> ancestors;

  /** The wall clock as its leader read it, once; null before. */
  WallClock.@Nullable Reading clock;

  /** Per key: what its leader held when it began. */
  private final List<@Nullable Entry> inherited;

  private final List<ClientWrite> byVersion = new ArrayList<>();
  private final List<List<ClientWrite>> byKey = new ArrayList<>();

  /** Those of which it is not known yet that their quorum had them. */
  final List<ClientWrite> open = new ArrayList<>();

  /** Per node: the newest life whose answer to a question has reached the leader. */
  final @Nullable NodeWatch[] known;

  /** Nodes that have, by their disks, entered it at some time. */
  final Set<Integer> entered = new HashSet<>();

  /** Lives of nodes that have. */
  final Set<NodeWatch> lives = new HashSet<>();

  /** How many followers, of those that its leader knew at one time, have entered it, at most. */
  int mostFollowers;

  /** Per key: no confirmed read of this leadership may return anything older. */
  final @Nullable ClientWrite[] readFloor;

  final CompletionWatch completions;
  boolean served;

  /** Whether a later leadership, not by force, had begun before this one did. */
  boolean late;

  /** Newest version answered as confirmed by at least one follower. */
  long newestConfirmed;

  /** All through it was seen to be confirmed. */
  long confirmedThrough;

  Ledger(Reign reign, SimNode leader, List<@Nullable Entry> inherited, Plan plan) {
    this.durable = plan.durable();
    this.leadership = reign.leadership();
    this.base = reign.base();
    this.unclean = reign.unclean();
    this.leader = leader;
    this.ancestors = reign.ancestors();
    this.inherited = inherited;
    this.known = new NodeWatch[plan.nodes()];
    this.confirmedThrough = base;
    this.readFloor = new ClientWrite[inherited.size()];
    this.completions = new CompletionWatch(plan.followers());
    for (int key = 0; key < inherited.size(); key++) {
      byKey.add(new ArrayList<>());
    }
  }

  /** Newest version given. */
  long given() {
    return base + byVersion.size();
  }

  /**
   * Of writes of epochs below this one, parts may have been taken over: it, or a leadership that it
   * builds on, was forced upon a node that had lost its state, and there was no other's. 0 where
   * none was.
   */
  long losesPartsBelow() {
    long epoch = leadership.epoch();
    for (Reign.Ancestor ancestor : ancestors) {
      if (ancestor.leadership().isAbandoned()) {
        return unclean ? epoch : 0;
      }
      epoch = ancestor.leadership().epoch();
    }
    return 0;
  }

  /** How many writes of it ask for so many followers. */
  long givenWith(int required) {
    return byVersion.stream()
        .filter(write -> write.required == required && write == write.last())
        .count();
  }

  /** Wall time as its leader has to count it; 0 before it has read any. */
  long millis() {
    WallClock.Reading read = clock;
    return read == null ? 0 : read.at(leader.nowNanos());
  }

  /** Wall time when it began, as its leader has to count it. */
  long beganMillis() {
    WallClock.Reading read = clock;
    return read == null ? 0 : read.millis();
  }

  /** Its leader may know of another follower that has entered. */
  void noteFollowers() {
    int followers = 0;
    for (NodeWatch life : known) {
      followers += life != null && lives.contains(life) ? 1 : 0;
    }
    mostFollowers = Math.max(mostFollowers, followers);
  }

  /**
   * Whether it surely holds the write: its own, one that it took over, or one that was promised.
   */
  boolean holds(ClientWrite write) {
    boolean promised = durable && write.toldConfirmed && write.required > 0;
    boolean kept = promised && !unclean && !write.ledger.unclean && isAfter(write.ledger);
    return write.ledger == this
        || kept
        || ancestors.stream()
            .anyMatch(
                each ->
                    each.leadership().equals(write.ledger.leadership)
                        && write.token.version() <= each.through());
  }

  private boolean isAfter(Ledger other) {
    return leadership.epoch() > other.leadership.epoch();
  }

  void add(ClientWrite write) {
    if (write.token.version() != given() + 1 || write.token.epoch() != leadership.epoch()) {
      throw new PromiseBroken(
          Promise.ONLY_WHAT_WAS_WRITTEN, write + " was given after version " + given());
    }
    byVersion.add(write);
    byKey.get(write.key).add(write);
    open.add(write);
  }

  ClientWrite get(long version) {
    return byVersion.get((int) (version - base) - 1);
  }

  List<ClientWrite> ofKey(int key) {
    return byKey.get(key);
  }

  @Nullable ClientWrite newest(int key) {
    List<ClientWrite> writes = byKey.get(key);
    return writes.isEmpty() ? null : writes.get(writes.size() - 1);
  }

  @Nullable Entry inherited(int key) {
    return inherited.get(key);
  }

  /** The write of this leadership that left this entry; complains when there is none. */
  ClientWrite require(int key, Entry entry, String where) {
    ClientWrite write =
        entry.version() <= base || entry.version() > given() ? null : get(entry.version());
    if (entry.epoch() != leadership.epoch()
        || write == null
        || write.key != key
        || !write.matches(entry)) {
      throw new PromiseBroken(
          Promise.ONLY_WHAT_WAS_WRITTEN,
          where + " has key" + key + " @" + entry.token() + ", the write there is " + write);
    }
    return write;
  }
}
