package io.quorate.core.sim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Carries messages between the leader and each follower, badly. */
final class SimNetwork {

  /** Which way a message goes. */
  enum Direction {
    TO_FOLLOWER,
    TO_LEADER
  }

  /** One direction between the leader and one follower. */
  private static final class Way {
    boolean cut;
    long sent;
    long newestDelivered;
  }

  private final Timeline timeline;
  private final SplittableRandom random;
  private final Plan plan;
  private final Tally tally;
  private final List<Map<Direction, Way>> ways = new ArrayList<>();
  private boolean healed;

  SimNetwork(Timeline timeline, SplittableRandom random, Plan plan, Tally tally) {
    this.timeline = timeline;
    this.random = random;
    this.plan = plan;
    this.tally = tally;
    for (int follower = 0; follower < plan.followers(); follower++) {
      ways.add(
          new EnumMap<>(Map.of(Direction.TO_FOLLOWER, new Way(), Direction.TO_LEADER, new Way())));
    }
  }

  /** Nothing that is sent from now on is lost, duplicated or very late. */
  void heal() {
    healed = true;
    for (Map<Direction, Way> both : ways) {
      both.values().forEach(way -> way.cut = false);
    }
  }

  void cut(int follower, Direction direction, boolean whether) {
    way(follower, direction).cut = whether && !healed;
  }

  void send(int follower, Direction direction, Runnable delivery) {
    Way way = way(follower, direction);
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

  private Way way(int follower, Direction direction) {
    return Objects.requireNonNull(ways.get(follower).get(direction));
  }

  private long delayNanos() {
    if (!healed && random.nextDouble() < plan.slowRate()) {
      return random.nextLong(random.nextInt(3) == 0 ? 150 * Plan.MILLI : 10 * Plan.MILLI);
    }
    return random.nextLong(50 * Plan.MICRO, 500 * Plan.MICRO);
  }
}
