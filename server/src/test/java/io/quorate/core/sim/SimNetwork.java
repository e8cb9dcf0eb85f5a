package io.quorate.core.sim;

import java.util.SplittableRandom;

/** Carries messages from each node to each other, badly. */
final class SimNetwork {

  /** One direction between two nodes. */
  private static final class Way {
    boolean cut;
    long sent;
    long newestDelivered;
  }

  private final Timeline timeline;
  private final SplittableRandom random;
  private final Plan plan;
  private final Tally tally;
  private final Way[][] ways;
  private boolean healed;

  SimNetwork(Timeline timeline, SplittableRandom random, Plan plan, Tally tally) {
    this.timeline = timeline;
    this.random = random;
    this.plan = plan;
    this.tally = tally;
    this.ways = new Way[plan.nodes()][plan.nodes()];
    for (Way[] from : ways) {
      for (int to = 0; to < from.length; to++) {
        from[to] = new Way();
      }
    }
  }

  /** Nothing that is sent from now on is lost, duplicated or very late. */
  void heal() {
    healed = true;
    for (Way[] from : ways) {
      for (Way way : from) {
        way.cut = false;
      }
    }
  }

  void cut(int from, int to, boolean whether) {
    ways[from][to].cut = whether && !healed;
  }

  void send(int from, int to, Runnable delivery) {
    Way way = ways[from][to];
    if (way.cut) {
      return;
    }
    if (!healed && random.nextDouble() < plan.dropRate()) {
      tally.note(Happening.DROPPED);
      return;
    }
    carry(way, delivery);
    if (!healed && random.nextDouble() < plan.duplicateRate()) {
      tally.note(Happening.DUPLICATED);
      carry(way, delivery);
    }
  }

  private void carry(Way way, Runnable delivery) {
    way.sent++;
    long number = way.sent;
    timeline.after(
        delayNanos(),
        () -> {
          if (number < way.newestDelivered) {
            tally.note(Happening.REORDERED);
          }
          way.newestDelivered = Math.max(number, way.newestDelivered);
          delivery.run();
        });
  }

  private long delayNanos() {
    if (!healed && random.nextDouble() < plan.slowRate()) {
      return random.nextLong(random.nextInt(3) == 0 ? 150 * Plan.MILLI : 10 * Plan.MILLI);
    }
    return random.nextLong(50 * Plan.MICRO, 500 * Plan.MICRO);
  }
}
