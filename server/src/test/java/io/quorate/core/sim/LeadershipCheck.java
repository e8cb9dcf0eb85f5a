package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Leadership;
import io.quorate.core.Report;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.Collection;

/** What a leadership may stand on. */
final class LeadershipCheck {

  private LeadershipCheck() {}

  /** A leadership begins; {@code before} are all that have begun. */
  static void begins(SimWorld world, Ledger begun, Collection<Ledger> before) {
    Leadership leadership = begun.leadership;
    if (!before.isEmpty()) {
      world.tally.note(Happening.NEW_LEADERSHIP);
    }
    if (begun.unclean) {
      world.tally.note(Happening.UNCLEAN_LEADERSHIP);
    }
    for (int key = 0; key < world.plan.keys(); key++) {
      Entry entry = begun.inherited(key);
      if (entry != null && entry.version() > begun.base) {
        throw new PromiseBroken(
            Promise.VERSIONS_RISE,
            leadership + " begins at " + begun.base + " over " + entry.token());
      }
    }
    if (begun.unclean) {
      return;
    }
    if (!world.plan.durable()) {
      requireEmpty(world, begun);
      return;
    }
    for (Ledger other : before) {
      if (!other.unclean && other.leadership.epoch() == leadership.epoch()) {
        throw new PromiseBroken(
            Promise.ONE_LEADERSHIP, leadership + " and " + other.leadership + " have begun");
      }
    }
    requireGrants(world, begun);
    begun.late = before.stream().anyMatch(other -> !other.unclean && isEarlier(begun, other));
    requireNoLease(world, begun);
  }

  /** It begins to serve, which one that was replaced before it began never does. */
  static void serves(SimWorld world, Ledger serving) {
    if (!world.plan.durable() || serving.unclean) {
      return;
    }
    if (serving.late) {
      throw new PromiseBroken(
          Promise.ONE_LEADERSHIP, serving.leadership + " serves, and began after a later one");
    }
    requireNoLease(world, serving);
  }

  private static boolean isEarlier(Ledger one, Ledger other) {
    return one.leadership.epoch() < other.leadership.epoch();
  }

  /** Whoever led before serves no confirmed read any more. */
  private static void requireNoLease(SimWorld world, Ledger leading) {
    for (SimNode node : world.nodes) {
      Ledger other = node.serves() ? world.oracle.ledgerOf(node) : null;
      if (node != leading.leader
          && other != null
          && isEarlier(other, leading)
          && node.nowNanos() <= node.leader().readableUntilNanos()) {
        throw new PromiseBroken(
            Promise.LEASE,
            leading.leadership + " while " + node + " may serve " + other.leadership);
      }
    }
  }

  private static void requireGrants(SimWorld world, Ledger begun) {
    int answered = 0;
    int counted = 0;
    for (SimNode node : world.nodes) {
      boolean self = node == begun.leader;
      boolean granted = node.everAnswered(begun.leadership) || self;
      answered += granted ? 1 : 0;
      counted += granted && node.everCountedFor(begun.leadership) ? 1 : 0;
    }
    if (answered < world.plan.nodes() && counted < world.plan.grantsNeeded()) {
      throw new PromiseBroken(
          Promise.GRANTS_NEEDED,
          begun.leadership
              + " began with "
              + answered
              + " grants, "
              + counted
              + " of them counted");
    }
  }

  /** Without disks: over nothing, asked of enough. */
  private static void requireEmpty(SimWorld world, Ledger begun) {
    int answered = 0;
    for (Report standing : begun.leader.standings()) {
      answered++;
      if (!standing.isEmpty() || standing.granted().epoch() >= begun.leadership.epoch()) {
        throw new PromiseBroken(
            Promise.OTHER_LEADERSHIP, begun.leadership + " began over " + standing);
      }
    }
    if (answered < Math.max(1, world.plan.startQuorum())) {
      throw new PromiseBroken(
          Promise.OTHER_LEADERSHIP, begun.leadership + " began with " + answered + " answers");
    }
  }
}
