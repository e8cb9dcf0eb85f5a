package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * Why a write was refused before it got a version.
 *
 * @param reason one sentence for the one who asked
 * @param location the new leader's URL, without a slash at the end, where that is the reason and it
 *     is known; else null
 */
public record Refusal(Kind kind, String reason, @Nullable String location) {

  /** One that sends nobody elsewhere. */
  public Refusal(Kind kind, String reason) {
    this(kind, reason, null);
  }

  /** What to do about it. */
  public enum Kind {
    /** This node does not lead, or not yet. */
    NOT_LEADING,
    /** The quorum asked for can never be reached here. */
    IMPOSSIBLE_QUORUM,
    /** Fewer followers are connected than the quorum asks for. */
    TOO_FEW_CONNECTED,
    /** A limit on writes that wait is reached. */
    TOO_MANY_WAITING,
    /** The store is full: only what takes no more room than before is taken. */
    STORE_FULL,
    /** The disk has no room for a record of it. */
    DISK_FULL,
    /** Another node leads now. */
    MOVED
  }
}
