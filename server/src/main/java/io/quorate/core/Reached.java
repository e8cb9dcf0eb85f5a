package io.quorate.core;

/** How waiting for a version ended. */
public enum Reached {
  /** The node has it. */
  YES,
  /** The deadline passed, or the node stopped. */
  NOT_IN_TIME,
  /** As many wait as may. */
  TOO_MANY_WAIT
}
