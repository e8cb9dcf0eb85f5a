package io.quorate.core;

import java.util.List;

/**
 * The leadership that a node has entered, and where its state comes from.
 *
 * @param leadership {@link Leadership#NONE} when it has entered none; {@link Leadership#isAbandoned
 *     abandoned} when it has lost that one's state
 * @param base the version at which the node entered: its state through it was exactly the leader's
 * @param own whether the node is the leader itself, or was until it lost its state
 * @param unclean whether, here or in an ancestor, confirmed writes may have been lost: a leadership
 *     was taken by force, or in memory
 * @param ancestors the leaderships before, newest first, at most {@link #MOST_ANCESTORS}
 */
public record Reign(
    Leadership leadership, long base, boolean own, boolean unclean, List<Ancestor> ancestors) {

  /** Of older ones a node that comes back gets a whole snapshot. */
  public static final int MOST_ANCESTORS = 32;

  /** Of a node that has entered none. */
  public static final Reign NONE = new Reign(Leadership.NONE, 0, false, false, List.of());

  public Reign {
    ancestors = List.copyOf(ancestors);
  }

  /** Of a node that had entered this one and lost its state: equal to no leadership's. */
  Reign abandoned() {
    return new Reign(new Leadership(leadership.epoch(), 0), 0, own, unclean, List.of());
  }

  /** Whether the node has entered this leadership, or had and lost its state. */
  boolean isOf(Leadership other) {
    return leadership.equals(other) || (isAbandoned() && leadership.epoch() == other.epoch());
  }

  /** Whether the node has lost the state of the leadership that it entered. */
  public boolean isAbandoned() {
    return leadership.isAbandoned();
  }

  /**
   * An earlier leadership whose writes this state holds.
   *
   * @param through all of that leadership's writes through this version are in the state; of later
   *     ones some may have been lost
   */
  public record Ancestor(Leadership leadership, long through) {}
}
