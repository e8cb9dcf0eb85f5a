package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * Why a write was refused before it got a version.
 *
 * @param reason one sentence for the one who asked
 * @param location the new leader's URL, without a slash at the end, where that is the reason and it
 *     is known; else null
 * @param token the version of the key, where its condition does not hold and there is one; that of
 *     the write that it repeats, where it asks for something else; else null
 * @param place of the change whose condition does not hold, from 1 on; else 0
 */
public record Refusal(
    Kind kind, String reason, @Nullable String location, @Nullable Token token, int place) {

  /** One that sends nobody elsewhere. */
  public Refusal(Kind kind, String reason) {
    this(kind, reason, null, null, 0);
  }

  /** The leader is elsewhere. */
  static Refusal moved(String url) {
    return new Refusal(Kind.MOVED, "the leader is at " + url, url, null, 0);
  }

  static Refusal otherPayload(String id, Token given) {
    return new Refusal(
        Kind.OTHER_PAYLOAD,
        "the idempotency key \""
            + id
            + "\" was given to write "
            + given
            + ", which asked for something else",
        null,
        given,
        0);
  }

  static Refusal unmet(String reason, @Nullable Token current) {
    return new Refusal(Kind.CONDITION_UNMET, reason, null, current, 0);
  }

  /** The same, by the condition of the change at this place. */
  Refusal at(int changesPlace) {
    return new Refusal(kind, reason, location, token, changesPlace);
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
    /** Its condition does not hold. */
    CONDITION_UNMET,
    /** Its condition does not hold by a write that was not confirmed before the deadline. */
    CONDITION_UNCERTAIN,
    /** It repeats a write, by its mark, and asks for something else. */
    OTHER_PAYLOAD,
    /** Too many marks of writes are kept. */
    TOO_MANY_RECEIPTS,
    /** Another node leads now. */
    MOVED
  }
}
