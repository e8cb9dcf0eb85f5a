package io.quorate.core;

/** How a leader stands with one follower. */
public enum FollowerState {
  /** Not known to be there, or to be who it was. Nothing is sent but a question. */
  PROBING,
  /** Being brought level from the backlog or by a snapshot. */
  CATCHING_UP,
  /** Each write goes to it as it is given. */
  STREAMING
}
