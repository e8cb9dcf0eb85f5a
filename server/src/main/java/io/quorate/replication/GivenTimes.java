package io.quorate.replication;

import java.util.ArrayDeque;

/**
 * When versions were given, as far as it is needed to say how long somebody is behind. Notes the
 * newest version at every tick, while somebody is. When there are many notes every second one goes,
 * and later ones are as far apart: nobody's time is too short by more than a tick, or a
 * five-hundredth of the longest.
 *
 * <p>Owned by the leader's loop.
 */
final class GivenTimes {

  private static final int MOST = 1024;

  /** All through the version was given by then. */
  private record Given(long version, long nanos) {}

  /** Oldest first, both parts growing. Invariant: fewer than {@link #MOST} between calls. */
  private final ArrayDeque<Given> notes = new ArrayDeque<>();

  /** How far apart notes are at least. */
  private long spacingNanos;

  /**
   * @param last newest version given
   * @param through nobody is behind it
   */
  void note(long last, long through, long nowNanos) {
    while (!notes.isEmpty() && notes.getFirst().version() <= through) {
      notes.removeFirst();
    }
    if (notes.isEmpty()) {
      spacingNanos = 0;
    }
    if (isDue(last, through, nowNanos)) {
      notes.addLast(new Given(last, nowNanos));
    }
    if (notes.size() == MOST) {
      thin();
    }
  }

  private boolean isDue(long last, long through, long nowNanos) {
    Given newest = notes.peekLast();
    return newest == null
        ? last > through
        : last > newest.version() && nowNanos - newest.nanos() >= spacingNanos;
  }

  /** Every second one goes: its versions count as given when the next one's were. */
  private void thin() {
    for (int i = 0; i < MOST / 2; i++) {
      notes.addLast(notes.removeFirst());
      notes.removeFirst();
    }
    spacingNanos = (notes.getLast().nanos() - notes.getFirst().nanos()) / notes.size();
  }

  /** How long ago the oldest version above {@code through} was given; 0 when there is none. */
  long behindNanos(long through, long nowNanos) {
    for (Given given : notes) {
      if (given.version() > through) {
        return Math.max(0, nowNanos - given.nanos());
      }
    }
    return 0;
  }
}
