package io.quorate.core.sim;

/** A node's wall clock: it runs as the node's other clock does, but is wrong, and jumps. */
final class WallClock {

  /** What it showed once, and the moment by the node's other clock. */
  record Reading(long millis, long nanos) {

    /** What it would show now if it had never jumped since. */
    long at(long nowNanos) {
      return millis + (nowNanos - nanos) / Plan.MILLI;
    }
  }

  /** Long after 1970, so that nothing is near 0. */
  private static final long ZERO_MILLIS = 1_000_000_000;

  private final SimWorld world;
  private long wrongMillis;

  /** What the core saw last. */
  private Reading latest = new Reading(0, 0);

  WallClock(SimWorld world) {
    this.world = world;
    jump();
  }

  /** From now on it shows another time; seldom one that is wrong by as much as what ends lives. */
  void jump() {
    long most = world.random.nextInt(4) == 0 ? 300 : 20;
    wrongMillis = world.random.nextLong(-most, most);
  }

  long read(long nowNanos) {
    long millis = ZERO_MILLIS + world.timeline.nowNanos() / Plan.MILLI + wrongMillis;
    latest = new Reading(millis, nowNanos);
    return millis;
  }

  Reading latest() {
    return latest;
  }
}
