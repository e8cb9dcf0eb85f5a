package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Follower;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Report;
import io.quorate.core.Waiter;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the promises of the design against what clients are answered and what the followers' stores
 * hold. It never asks the leader what was acknowledged.
 *
 * <p>A quorum is counted over known lives: of each follower the newest life whose answer to a
 * question has reached the leader. A life that ended counts with what it held at its end, until the
 * leader can know of the next one; no leader can do better.
 */
final class Oracle {

  private final Plan plan;
  private final Timeline timeline;
  private final Tally tally;
  private final Map<Leadership, Ledger> ledgers = new HashMap<>();
  private final @Nullable LifeWatch[] known;
  final List<Key> keys = new ArrayList<>();

  /** Of the leader process that runs now. */
  CompletionWatch completions;

  /** Of the leader that runs now; null before it leads. */
  private @Nullable Ledger ledger;

  Oracle(Plan plan, Timeline timeline, Tally tally) {
    this.plan = plan;
    this.timeline = timeline;
    this.tally = tally;
    this.known = new LifeWatch[plan.followers()];
    this.completions = new CompletionWatch(plan.followers());
    for (int key = 0; key < plan.keys(); key++) {
      keys.add(Key.of("key" + key));
    }
  }

  LifeWatch watch(int follower, int ordinal, Follower process) {
    return new LifeWatch(follower, ordinal, process, keys, ledgers, tally);
  }

  @Nullable Ledger ledger() {
    return ledger;
  }

  /** Another leader process runs, which knows nothing. */
  void leaderStarted() {
    ledger = null;
    completions = new CompletionWatch(plan.followers());
    Arrays.fill(known, null);
  }

  /** A leadership began; {@code standings} are the last answers it has from each follower. */
  void leadershipBegan(Leadership leadership, List<@Nullable Report> standings) {
    int answered = 0;
    for (Report standing : standings) {
      if (standing == null) {
        continue;
      }
      answered++;
      if (!standing.isEmpty() || standing.leadership().epoch() >= leadership.epoch()) {
        throw new PromiseBroken(Promise.OTHER_LEADERSHIP, leadership + " began over " + standing);
      }
    }
    if (answered < Math.max(1, plan.startQuorum())) {
      throw new PromiseBroken(
          Promise.OTHER_LEADERSHIP, leadership + " began with " + answered + " answers");
    }
    if (!ledgers.isEmpty()) {
      tally.note(Happening.NEW_LEADERSHIP);
    }
    ledger = new Ledger(leadership, keys.size());
    ledgers.put(leadership, ledger);
  }

  /** The answer of a life to the leader's latest question is about to reach the leader. */
  void leaderHears(LifeWatch life) {
    LifeWatch before = known[life.follower];
    if (ledger == null || (before != null && before.ordinal >= life.ordinal)) {
      return;
    }
    ledger.open.removeIf(this::hasHadQuorum);
    known[life.follower] = life;
    if (before != null) {
      tally.note(Happening.RESET_BY_NEW_LIFE);
    }
  }

  boolean isLeft(LifeWatch life) {
    LifeWatch now = known[life.follower];
    return now != null && now.ordinal > life.ordinal;
  }

  /** Whether the write's quorum holds it now or has held it. */
  private boolean hasHadQuorum(ClientWrite write) {
    if (!write.hadQuorum) {
      write.hadQuorum = holders(write) >= write.required;
    }
    return write.hadQuorum;
  }

  private int holders(ClientWrite write) {
    int holders = 0;
    for (LifeWatch life : known) {
      holders += life != null && life.covers(write) ? 1 : 0;
    }
    return holders;
  }

  void onAnswer(ClientWrite write, Waiter.Answer answer) {
    switch (answer) {
      case CONFIRMED -> onConfirmed(write);
      case UNCONFIRMED -> {
        tally.note(Happening.UNCONFIRMED);
        if (timeline.nowNanos() < write.deadlineNanos) {
          throw new PromiseBroken(Promise.ANSWERS, write + " unconfirmed before its deadline");
        }
      }
      case UNKNOWN -> tally.note(Happening.UNKNOWN);
    }
  }

  private void onConfirmed(ClientWrite write) {
    if (!hasHadQuorum(write)) {
      throw new PromiseBroken(
          Promise.CONFIRMED_IS_HELD, write + " confirmed, and held by " + holders(write));
    }
    completions.onConfirmed(write);
    Ledger present = ledger;
    if (present != null) {
      present.readFloor[write.key] = Math.max(present.readFloor[write.key], write.version);
      if (write.required > 0) {
        if (write.version < present.newestConfirmed) {
          tally.note(Happening.CONFIRMED_OUT_OF_ORDER);
        }
        present.newestConfirmed = Math.max(present.newestConfirmed, write.version);
      }
    }
  }

  /** Reads the key as a client does that asks for what is confirmed. */
  void readConfirmed(Leader leader, int key) {
    Ledger present = ledger;
    if (present == null) {
      return;
    }
    tally.note(Happening.CONFIRMED_READ);
    Entry entry = leader.store().confirmed(keys.get(key));
    long floor = present.readFloor[key];
    if (entry == null) {
      if (floor > 0 && !mayBeAbsent(present, key, floor)) {
        throw new PromiseBroken(Promise.CONFIRMED_READS, "key" + key + " absent, floor " + floor);
      }
      return;
    }
    ClientWrite write = present.require(key, entry, "a confirmed read");
    if (!hasHadQuorum(write)) {
      throw new PromiseBroken(
          Promise.CONFIRMED_READS, "read " + write + ", held by " + holders(write));
    }
    if (write.version < floor) {
      throw new PromiseBroken(Promise.CONFIRMED_READS, "read " + write + ", floor " + floor);
    }
    present.readFloor[key] = write.version;
  }

  private boolean mayBeAbsent(Ledger present, int key, long floor) {
    for (ClientWrite write : present.ofKey(key)) {
      if (write.version >= floor && write.isDelete() && hasHadQuorum(write)) {
        return true;
      }
    }
    return false;
  }

  /** After each thing that the leader did. */
  void checkLeader(Leader leader) {
    Ledger present = ledger;
    if (present == null) {
      return;
    }
    long confirmed = leader.confirmedVersion();
    if (confirmed < present.confirmedThrough || confirmed > present.given()) {
      throw new PromiseBroken(
          Promise.CONFIRMED_IS_A_PREFIX,
          "confirmed through " + present.confirmedThrough + ", then through " + confirmed);
    }
    while (present.confirmedThrough < confirmed) {
      ClientWrite write = present.get(present.confirmedThrough + 1);
      if (!hasHadQuorum(write)) {
        throw new PromiseBroken(
            Promise.CONFIRMED_IS_A_PREFIX,
            "confirmed through " + confirmed + ", and " + write + " held by " + holders(write));
      }
      if (write.answer == Waiter.Answer.UNCONFIRMED) {
        tally.note(Happening.CONFIRMED_LATER);
      }
      present.confirmedThrough++;
    }
    completions.check(leader);
  }

  /** When all is level and nothing is pending. */
  void checkAllConfirmed(Leader leader) {
    Ledger present = ledger;
    if (present != null) {
      completions.checkSums(leader, present);
    }
  }
}
