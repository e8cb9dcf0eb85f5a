package io.quorate.core;

/**
 * One leadership: its epoch and the random id that tells it from another of the same epoch.
 *
 * @param epoch 1 and up; 0 with id 0 is {@link #NONE}
 */
public record Leadership(long epoch, long id) {

  /** Of a node that has not followed any leader yet. */
  public static final Leadership NONE = new Leadership(0, 0);

  /** Whether it stands for the state of that epoch that a node has lost: of nobody, with id 0. */
  public boolean isAbandoned() {
    return epoch > 0 && id == 0;
  }

  @Override
  public String toString() {
    return epoch + "/" + Long.toHexString(id);
  }
}
