package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Reached;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients that were told of a write read its key at any node, which they have wait for that write:
 * they see it, or what is newer.
 */
final class OwnReads {

  private static final int MOST_REMEMBERED = 16;

  private final SimWorld world;
  private final List<ClientWrite> confirmed = new ArrayList<>();

  OwnReads(SimWorld world) {
    this.world = world;
  }

  void onConfirmed(ClientWrite write) {
    if (write.required > 0 && world.plan.durable()) {
      confirmed.add(write);
      if (confirmed.size() > MOST_REMEMBERED) {
        confirmed.remove(0);
      }
    }
  }

  /** One of the latest, at this node. */
  void read(SimNode node) {
    if (confirmed.isEmpty() || !node.isRunning()) {
      return;
    }
    ClientWrite write = confirmed.get(world.random.nextInt(confirmed.size()));
    node.node()
        .awaitVersion(
            write.token,
            node.nowNanos() + 50 * Plan.MILLI,
            reached -> check(node, write, reached),
            node.nowNanos());
  }

  private void check(SimNode node, ClientWrite write, Reached reached) {
    boolean readable = node.serves() || (node.node().leader() == null && node.node().isLevel());
    if (reached != Reached.YES || !readable || node.node().state().reign().unclean()) {
      world.tally.note(Happening.OWN_READ_REFUSED);
      return;
    }
    world.tally.note(Happening.OWN_READ);
    @Nullable Entry shown =
        node.node().leader() != null
            ? node.leader().store().confirmed(world.oracle.keys.get(write.key))
            : node.node().store().newest(world.oracle.keys.get(write.key));
    boolean seen = shown == null ? world.oracle.mayBeAbsent(write) : write.isIn(shown);
    if (!seen) {
      throw new PromiseBroken(
          Promise.OWN_WRITES,
          node + " waited for " + write + " and shows " + (shown == null ? null : shown.token()));
    }
  }
}
