package io.quorate.core.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the parts of one simulation share. */
final class SimWorld {

  final SplittableRandom random;
  final Plan plan;
  final Timeline timeline = new Timeline();
  final Tally tally;
  final SimNetwork network;
  final Oracle oracle;
  final List<SimNode> nodes = new ArrayList<>();
  private final boolean traced;

  SimWorld(long seed, Tally tally, boolean traced) {
    this.random = new SplittableRandom(seed);
    this.plan = Plan.draw(random);
    this.tally = tally;
    this.traced = traced;
    this.network = new SimNetwork(timeline, random, plan, tally);
    this.oracle = new Oracle(this);
    trace(plan::toString);
    for (int index = 0; index < plan.nodes(); index++) {
      nodes.add(new SimNode(this, index));
    }
    nodes.forEach(SimNode::start);
  }

  long drawLagNanos() {
    return plan.maxLagNanos() == 0 ? 0 : random.nextLong(plan.maxLagNanos() + 1);
  }

  /** One that serves; that of the latest epoch where there are several; null when none does. */
  @Nullable SimNode leader() {
    SimNode found = null;
    for (SimNode node : nodes) {
      if (node.serves()
          && (found == null
              || node.leader().leadership().epoch() > found.leader().leadership().epoch())) {
        found = node;
      }
    }
    return found;
  }

  SimNode anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  void trace(Supplier<String> line) {
    if (traced) {
      System.out.println(timeline.nowNanos() / 1_000 + " us  " + line.get());
    }
  }
}
