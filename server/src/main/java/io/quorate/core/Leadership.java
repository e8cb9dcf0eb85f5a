package io.quorate.core;

/**
 * One leadership: its epoch and the random id that tells it from another of the same epoch.
 *
 * @param epoch 1 and up; 0 with id 0 is {@link #NONE}
 * @param id not 0, unless a node has {@link Reign#abandoned lost} that epoch's state
 */
public record Leadership(long epoch, long id) {

  /** Of a node that has not followed any leader yet. */
  public static final Leadership NONE = new Leadership(0, 0);

  @Override
  public String toString() {
    return epoch + "/" + Long.toHexString(id);
  }
}
