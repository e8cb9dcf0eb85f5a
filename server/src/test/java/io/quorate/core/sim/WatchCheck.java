package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Leadership;
import io.quorate.core.Mutation;
import io.quorate.core.Token;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What watches are told has had its quorum, or was taken over by a leadership that serves, and is
 * never lost again; and none of it is left out.
 */
final class WatchCheck {

  private final SimWorld world;
  private final List<WatchClient> watches = new ArrayList<>();

  WatchCheck(SimWorld world) {
    this.world = world;
    int all = world.random.nextInt(1, 4);
    for (int i = 0; i < all; i++) {
      watches.add(new WatchClient(world, this, -1));
    }
    watches.add(new WatchClient(world, this, world.random.nextInt(world.plan.keys())));
  }

  /** A watch that has not been told all through this; null when each has. */
  @Nullable WatchClient behind(long newest) {
    for (WatchClient watch : watches) {
      if (!watch.hasReached(newest)) {
        return watch;
      }
    }
    return null;
  }

  /** A watch is told of this by a node that has entered this leadership. */
  void told(String where, Leadership entered, Mutation event, Token after) {
    List<ClientWrite> alike = writes(event);
    if (alike.isEmpty() || event.token().compareTo(after) <= 0) {
      throw new PromiseBroken(Promise.WATCHED, where + ": " + event);
    }
    if (alike.stream().noneMatch(this::isConfirmed)) {
      throw new PromiseBroken(Promise.WATCHED, where + ": not confirmed: " + alike);
    }
    if (world.plan.durable()) {
      promise(alike.get(0), world.oracle.ledger(entered));
    }
  }

  /** It is never lost again by a later leadership than that of the node which has told it. */
  private void promise(ClientWrite write, @Nullable Ledger by) {
    if (write.required > 0 && by != null && !write.ledger.unclean && !by.unclean) {
      world.oracle.promise(write, by);
    }
  }

  private boolean isConfirmed(ClientWrite write) {
    if (world.oracle.hasHadQuorum(write)) {
      return true;
    }
    if (takenOverBy(write) == null) {
      return false;
    }
    world.tally.note(Happening.WATCHED_TAKEN_OVER);
    return true;
  }

  /** In memory an epoch may have two leaderships, when all nodes were restarted. */
  private List<ClientWrite> writes(Mutation event) {
    List<ClientWrite> alike = new ArrayList<>();
    for (Ledger ledger : world.oracle.ledgers()) {
      if (ledger.leadership.epoch() == event.epoch()
          && event.version() > ledger.base
          && event.version() <= ledger.given()) {
        ClientWrite write = ledger.get(event.version());
        if (world.oracle.keys.get(write.key).equals(event.key())
            && Arrays.equals(write.value, event.value())
            && write.isExpiry == event.attributes().expiry()) {
          alike.add(write);
        }
      }
    }
    return alike;
  }

  private @Nullable Ledger takenOverBy(ClientWrite write) {
    for (Ledger later : world.oracle.ledgers()) {
      if (later.served && later.leadership.epoch() > write.token.epoch()) {
        Entry inherited = later.inherited(write.key);
        if (inherited == null ? world.oracle.mayBeAbsent(write) : write.isIn(inherited)) {
          return later;
        }
      }
    }
    return null;
  }

  /**
   * A write that stands between these two and that nobody may leave out: a confirmed one that
   * cannot have been lost, and while there is no later leadership any, for what is shown comes in
   * order.
   *
   * @param only of this key; of all where it is negative
   */
  @Nullable ClientWrite missedBetween(Token after, Token next, int only) {
    if (world.oracle.hasTwins()) {
      return null;
    }
    boolean later =
        world.oracle.ledgers().stream().anyMatch(each -> each.leadership.epoch() > next.epoch());
    for (Ledger ledger : world.oracle.ledgers()) {
      long epoch = ledger.leadership.epoch();
      if (epoch < after.epoch() || epoch > next.epoch()) {
        continue;
      }
      long first = epoch == after.epoch() ? Math.max(after.version(), ledger.base) : ledger.base;
      long end =
          epoch == next.epoch() ? Math.min(next.version() - 1, ledger.given()) : ledger.given();
      for (long version = first + 1; version <= end; version++) {
        ClientWrite write = ledger.get(version);
        boolean due = (epoch == next.epoch() && !later) || isSafe(ledger, write);
        if ((only < 0 || write.key == only) && due) {
          return write;
        }
      }
    }
    return null;
  }

  private boolean isSafe(Ledger ledger, ClientWrite write) {
    boolean clean =
        world.oracle.ledgers().stream()
            .noneMatch(
                each -> each.unclean && each.leadership.epoch() >= ledger.leadership.epoch());
    return world.plan.durable()
        && clean
        && write.required > 0
        && (write.last().toldConfirmed || write.token.version() <= ledger.confirmedThrough);
  }
}
