package io.quorate.core.sim;

import java.util.SplittableRandom;

/** Carries messages between the leader and each follower, badly. */
final class SimNetwork {

  /** Which way a message goes. */
  enum Direction {
    TO_FOLLOWER,
    TO_LEADER
  }

  private final Timeline timeline;
  private final SplittableRandom random;
  private final Plan plan;
  private final Tally tally;
  private final boolean[][] cut;
  private final long[][] sent;
  private final long[][] newestDelivered;
  private boolean healed;

  SimNetwork(Timeline timeline, SplittableRandom random, Plan plan, Tally tally) {
    this.timeline = timeline;
    this.random = random;
    this.plan = plan;
    this.tally = tally;
    this.cut = new boolean[plan.followers()][2];
    this.sent = new long[plan.followers()][2];
    this.newestDelivered = new long[plan.followers()][2];
  }

  /** Nothing that is sent from now on is lost, duplicated or very late. */
  void heal() {
    healed = true;
    for (boolean[] ways : cut) {
      ways[0] = false;
      ways[1] = false;
    }
  }

  void cut(int follower, Direction direction, boolean whether) {
    cut[follower][direction.ordinal()] = whether && !healed;
  }

  void send(int follower, Direction direction, Runnable delivery) {
    if (cut[follower][direction.ordinal()]) {
      return;
    }
    if (!healed && random.nextDouble() < plan.dropRate()) {
      tally.note(Happening.DROPPED);
      return;
    }
    carry(follower, direction.ordinal(), delivery);
    if (!healed && random.nextDouble() < plan.duplicateRate()) {
      tally.note(Happening.DUPLICATED);
      carry(follower, direction.ordinal(), delivery);
    }
  }

  private void carry(int follower, int way, Runnable delivery) {
    sent[follower][way]++;
    long number = sent[follower][way];
    timeline.after(
        delayNanos(),
        () -> {
          if (number < newestDelivered[follower][way]) {
            tally.note(Happening.REORDERED);
          }
          newestDelivered[follower][way] = Math.max(number, newestDelivered[follower][way]);
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
