package io.quorate.core;

/**
 * Why a write was refused before it got a version.
 *
 * @param reason one sentence for the one who asked
 */
public record Refusal(Kind kind, String reason) {

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
    STORE_FULL
  }
}
