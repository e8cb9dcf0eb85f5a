package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.NodeState;
import io.quorate.core.Refusal;
import io.quorate.core.Reign;
import io.quorate.core.Report;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the promises of the design against what clients are answered and what the nodes' stores and
 * disks hold. It never asks a leader what was acknowledged.
 *
 * <p>A quorum is counted over known lives: of each node the newest life whose answer to a question
 * has reached the leader. A life that ended counts with what it held at its end, until the leader
 * can know of the next one; no leader can do better.
 */
final class Oracle {

  private static final Set<Refusal.Kind> MARKS =
      EnumSet.of(Refusal.Kind.OTHER_PAYLOAD, Refusal.Kind.TOO_MANY_RECEIPTS);

  private final SimWorld world;
  private final Map<Leadership, Ledger> ledgers = new HashMap<>();

  /** Per key: no later confirmed read, and no later leadership, may have anything older. */
  private final @Nullable ClientWrite[] floor;

  final List<Key> keys = new ArrayList<>();
  private final ReadCheck reads = new ReadCheck(this);
  private final ConditionCheck conditions = new ConditionCheck(this);
  final ExpiryCheck expiries = new ExpiryCheck(this);
  final TogetherCheck together = new TogetherCheck(this);
  final RepeatCheck repeats;
  private final GivenCheck given;
  final OwnReads ownReads;

  private @Nullable SimNode reportingTo;
  private int reporting = CompletionWatch.NOBODY;

  Oracle(SimWorld world) {
    this.world = world;
    this.floor = new ClientWrite[world.plan.keys()];
    this.ownReads = new OwnReads(world);
    this.repeats = new RepeatCheck(world, this);
    this.given = new GivenCheck(world, this, conditions, expiries);
    for (int key = 0; key < world.plan.keys(); key++) {
      keys.add(Key.of("key" + key));
    }
  }

  @Nullable Ledger ledger(Leadership leadership) {
    return ledgers.get(leadership);
  }

  /** Of the leadership that this node leads; null when it does not. */
  @Nullable Ledger ledgerOf(SimNode node) {
    Leader leader = node.isRunning() ? node.node().leader() : null;
    Ledger ledger = leader == null ? null : ledgers.get(leader.leadership());
    if (ledger != null && ledger.clock == null) {
      ledger.clock = node.wall.latest();
    }
    return ledger;
  }

  Tally tally() {
    return world.tally;
  }

  /** After each thing that a node did. */
  void notice(SimNode node) {
    noticeLeadership(node);
    noticeGiven(node);
    node.watch().check();
    Ledger ledger = ledgerOf(node);
    if (ledger != null) {
      noteServing(node, ledger);
      checkLeader(node.leader(), ledger);
      if (ledger.served) {
        together.confirmed(node.leader(), ledger);
      }
    }
    noteEntered(node);
  }

  /** A node may have begun to lead. */
  void noticeLeadership(SimNode node) {
    NodeState state = node.node().state();
    Reign reign = state.reign();
    if (!reign.own() || reign.isAbandoned() || ledgers.containsKey(reign.leadership())) {
      return;
    }
    world.trace(() -> node + " leads " + reign);
    List<@Nullable Entry> inherited = new ArrayList<>();
    for (Key key : keys) {
      inherited.add(state.store().newest(key));
    }
    Ledger begun = new Ledger(reign, node, inherited, world.plan);
    LeadershipCheck.begins(world, begun, ledgers.values());
    ledgers.put(reign.leadership(), begun);
    together.inherited(begun);
    repeats.inherited(begun);
    if (!begun.unclean && world.plan.durable()) {
      for (ClientWrite confirmed : floor) {
        if (confirmed != null && confirmed.token.epoch() < reign.leadership().epoch()) {
          requireInherited(begun, confirmed);
        }
      }
    }
  }

  private void requireInherited(Ledger later, ClientWrite confirmed) {
    Entry inherited = later.inherited(confirmed.key);
    boolean there = inherited == null ? mayBeAbsent(confirmed) : confirmed.isIn(inherited);
    if (!there) {
      throw new PromiseBroken(
          Promise.CONFIRMED_STAYS,
          later.leadership
              + " began without "
              + confirmed
              + ", with "
              + (inherited == null ? "nothing" : inherited.token()));
    }
  }

  /** A leader may have given versions. */
  void noticeGiven(SimNode node) {
    Leader leader = node.node().leader();
    Ledger ledger = ledgerOf(node);
    if (leader != null && ledger != null && ledger.given() < leader.lastVersion()) {
      if (!ledger.served) {
        noteServing(node, ledger);
      }
      given.notice(node, leader, ledger);
    }
  }

  /** What a node must remember of the writes that clients marked. */
  void checkReceipts(SimNode node) {
    NodeState state = node.node().state();
    Ledger entered = ledgers.get(state.reign().leadership());
    if (entered != null && state.isWhole() && !state.isInstalling()) {
      repeats.kept(state, entered, node.toString());
    }
  }

  private void noteServing(SimNode node, Ledger ledger) {
    if (!ledger.served && node.leader().obstacle().isEmpty()) {
      ledger.served = true;
      world.tally.note(Happening.LEADERSHIP_SERVED);
      world.trace(() -> node + " serves " + ledger.leadership);
      int others = ledger.entered.size() - (ledger.entered.contains(node.index) ? 1 : 0);
      if (world.plan.durable() && others < world.plan.leastQuorum()) {
        throw new PromiseBroken(
            Promise.ENTERED_BEFORE_SERVICE,
            ledger.leadership + " serves, entered by " + ledger.entered);
      }
      LeadershipCheck.serves(world, ledger);
    }
  }

  /** By what it would be if it crashed now. */
  private void noteEntered(SimNode node) {
    Ledger entered = ledgers.get(node.watch().kept().reign().leadership());
    if (entered != null) {
      entered.entered.add(node.index);
      entered.lives.add(node.watch());
      entered.noteFollowers();
    }
  }

  /** The answer of a node to the leader's latest question is about to reach the leader. */
  void leaderHears(SimNode leader, SimNode from, Report report) {
    Ledger ledger = ledgerOf(leader);
    NodeWatch life = from.watchOrNull();
    if (ledger == null || life == null || report.life().incarnation() != from.incarnation()) {
      return;
    }
    NodeWatch before = ledger.known[from.index];
    if (before == life) {
      return;
    }
    noteQuorums();
    ledger.known[from.index] = life;
    ledger.noteFollowers();
    if (before != null) {
      world.tally.note(Happening.RESET_BY_NEW_LIFE);
    }
  }

  /** A node may be about to lose what it holds: which writes have a quorum while it still does. */
  void noteQuorums() {
    ledgers.values().forEach(ledger -> ledger.open.removeIf(this::hasHadQuorum));
  }

  /** Whether the write's quorum holds all of it now or has held it. */
  boolean hasHadQuorum(ClientWrite write) {
    if (!write.hadQuorum) {
      write.hadQuorum = holders(write) >= write.required;
    }
    return write.hadQuorum;
  }

  int holders(ClientWrite write) {
    int holders = 0;
    for (NodeWatch life : write.ledger.known) {
      holders += life != null && life.coversAll(write) ? 1 : 0;
    }
    return holders;
  }

  void reportBegins(SimNode home, int peer) {
    reportingTo = home;
    reporting = peer;
  }

  void reportEnds() {
    reportingTo = null;
    reporting = CompletionWatch.NOBODY;
  }

  void onAnswer(ClientRequest request, Waiter.Answer answer) {
    ClientWrite write = Objects.requireNonNull(request.given);
    switch (answer) {
      case CONFIRMED -> write.together.forEach(each -> onConfirmed(request, each));
      case UNCONFIRMED -> {
        world.tally.note(Happening.UNCONFIRMED);
        write.together.forEach(each -> each.toldUnconfirmed = true);
        if (request.node.nowNanos() < request.deadlineNanos) {
          throw new PromiseBroken(Promise.ANSWERS, request + " unconfirmed before its deadline");
        }
      }
      case UNKNOWN -> world.tally.note(Happening.UNKNOWN);
    }
  }

  void onRefused(ClientRequest request, Refusal refusal) {
    world.tally.note(
        switch (refusal.kind()) {
          case NOT_LEADING -> Happening.REFUSED_NOT_LEADING;
          case IMPOSSIBLE_QUORUM -> Happening.REFUSED_IMPOSSIBLE_QUORUM;
          case TOO_FEW_CONNECTED -> Happening.REFUSED_TOO_FEW_CONNECTED;
          case TOO_MANY_WAITING -> Happening.REFUSED_TOO_MANY_WAITING;
          case STORE_FULL -> Happening.REFUSED_STORE_FULL;
          case DISK_FULL -> Happening.REFUSED_DISK_FULL;
          case CONDITION_UNMET -> Happening.CONDITION_UNMET;
          case CONDITION_UNCERTAIN -> Happening.CONDITION_UNCERTAIN;
          case OTHER_PAYLOAD -> Happening.REFUSED_OTHER_PAYLOAD;
          case TOO_MANY_RECEIPTS -> Happening.REFUSED_TOO_MANY_RECEIPTS;
          case MOVED -> Happening.MOVED;
        });
    if (refusal.kind() == Refusal.Kind.CONDITION_UNMET) {
      conditions.unmet(ledgerOf(request.node), request);
    }
    if (request.once != null || MARKS.contains(refusal.kind())) {
      repeats.refused(request, refusal);
    }
    if (request.given != null) {
      throw new PromiseBroken(Promise.ANSWERS, request + " refused though given");
    }
  }

  private void onConfirmed(ClientRequest request, ClientWrite write) {
    Ledger ledger = ledgerOf(request.node);
    if (ledger != null && ledger != write.ledger) {
      if (write.required > 0 && !ledger.unclean) {
        raiseFloor(write);
      }
      return;
    }
    ledger = write.ledger;
    if (!hasHadQuorum(write)) {
      throw new PromiseBroken(
          Promise.CONFIRMED_IS_HELD, write + " confirmed, and held by " + holders(write));
    }
    if (write.required > 0 && !request.node.watch().covers(write)) {
      throw new PromiseBroken(
          Promise.SETTLED_FIRST, write + " confirmed, and not settled at its leader");
    }
    write.toldConfirmed = true;
    if (!world.plan.durable() && request.once == null && write == write.last()) {
      boolean heard = reportingTo == request.node;
      ledger.completions.onConfirmed(write, heard ? reporting : CompletionWatch.NOBODY);
    }
    ledger.readFloor[write.key] = newer(ledger.readFloor[write.key], write);
    ownReads.onConfirmed(write);
    if (write.required > 0) {
      if (write.token.version() < ledger.newestConfirmed) {
        world.tally.note(Happening.CONFIRMED_OUT_OF_ORDER);
      }
      ledger.newestConfirmed = Math.max(ledger.newestConfirmed, write.token.version());
      if (!ledger.unclean && world.plan.durable()) {
        promise(write, ledger);
      }
    }
  }

  /** It is in every leadership later than the one that confirmed it, or took it over. */
  void promise(ClientWrite write, Ledger by) {
    raiseFloor(write);
    for (Ledger later : ledgers.values()) {
      if (!later.unclean && later.leadership.epoch() > by.leadership.epoch()) {
        requireInherited(later, write);
      }
    }
  }

  Collection<Ledger> ledgers() {
    return ledgers.values();
  }

  /** Whether a token may stand for two writes: in memory, when all nodes were restarted. */
  boolean hasTwins() {
    return ledgers.keySet().stream().map(Leadership::epoch).distinct().count() < ledgers.size();
  }

  private static ClientWrite newer(@Nullable ClientWrite before, ClientWrite write) {
    return before == null || before.token.compareTo(write.token) < 0 ? write : before;
  }

  /** Confirmed, or read as such. */
  void raiseFloor(ClientWrite write) {
    if (!world.plan.durable()) {
      return;
    }
    floor[write.key] = newer(floor[write.key], write);
  }

  @Nullable ClientWrite floor(int key) {
    return floor[key];
  }

  /** A client reads the key at this node, asking for what is confirmed. */
  void readConfirmed(SimNode node, int key) {
    Ledger ledger = ledgerOf(node);
    if (ledger == null || !node.serves()) {
      return;
    }
    Entry entry = node.leader().store().confirmed(keys.get(key));
    if (node.nowNanos() > node.leader().readableUntilNanos()) {
      world.tally.note(Happening.READ_WITHOUT_LEASE);
      return;
    }
    reads.check(ledger, key, entry);
  }

  /** The write that left the entry, whoever led; complains when there is none. */
  ClientWrite require(int key, Entry entry, String where) {
    for (Ledger ledger : ledgers.values()) {
      if (ledger.leadership.epoch() == entry.epoch()
          && entry.version() > ledger.base
          && entry.version() <= ledger.given()) {
        ClientWrite write = ledger.get(entry.version());
        if (write.key == key && write.matches(entry)) {
          return write;
        }
      }
    }
    throw new PromiseBroken(
        Promise.ONLY_WHAT_WAS_WRITTEN, where + " has key" + key + " @" + entry.token());
  }

  /** Whether it is a delete, or one that is newer was given. */
  boolean mayBeAbsent(ClientWrite write) {
    return write.isDelete() || hasDelete(write.key, write.token);
  }

  /** Whether a delete of the key was given after this. */
  boolean hasDelete(int key, Token after) {
    for (Ledger ledger : ledgers.values()) {
      if (ledger.leadership.epoch() >= after.epoch()) {
        for (ClientWrite write : ledger.ofKey(key)) {
          if (write.isDelete() && write.token.compareTo(after) >= 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void checkLeader(Leader leader, Ledger ledger) {
    long confirmed = leader.confirmedVersion();
    if (confirmed < ledger.confirmedThrough || confirmed > ledger.given()) {
      throw new PromiseBroken(
          Promise.CONFIRMED_IS_A_PREFIX,
          "confirmed through " + ledger.confirmedThrough + ", then through " + confirmed);
    }
    while (ledger.confirmedThrough < confirmed) {
      ClientWrite write = ledger.get(ledger.confirmedThrough + 1);
      if (!hasHadQuorum(write)) {
        throw new PromiseBroken(
            Promise.CONFIRMED_IS_A_PREFIX,
            "confirmed through " + confirmed + ", and " + write + " held by " + holders(write));
      }
      if (write.toldUnconfirmed) {
        world.tally.note(Happening.CONFIRMED_LATER);
      }
      ledger.confirmedThrough++;
    }
    ledger.completions.check(leader);
  }
}
