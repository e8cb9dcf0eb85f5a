package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;

/**
 * How a request ended, as it is counted: how an answer's status has it, and where one status has
 * several reasons, which of them.
 */
enum Ending {
  OK,
  /** The client has that version already. */
  NOT_MODIFIED,
  /** There is no such key, or nothing at such a path. */
  NOT_FOUND,
  /** The deadline of a write passed before its quorum had it. */
  UNCONFIRMED,
  /** The leadership ended before the quorum had the write. */
  UNKNOWN,
  /** A fault of this node. */
  FAILED,
  /** Refused here, and another node was named. */
  REDIRECTED,
  BAD_REQUEST,
  /** Its head or its body did not come in time. */
  TOO_SLOW,
  TOO_LARGE,
  CONDITION_UNMET,
  /** Its condition did not hold by a write that was not confirmed in time. */
  CONDITION_UNCERTAIN,
  /** What a read wanted this node to have did not come in time. */
  NOT_REACHED,
  UNSUPPORTED,
  /** Too few grants, or already so. */
  CONFLICT,
  /** What a watch asks for is not held any more. */
  GONE,
  TOO_MANY_WAITING,
  TOO_FEW_CONNECTED,
  STORE_FULL,
  DISK_FULL,
  /** Bodies that are being received take up all that they may. */
  BODIES_FULL,
  /** Answers that clients do not take fill all that they may. */
  ANSWERS_FULL,
  NOT_LEADING,
  /** A leader that may not serve confirmed reads now. */
  NO_LEASE,
  /** A follower that has not caught up. */
  NOT_LEVEL,
  UNAVAILABLE;

  /** What a status says where nobody says more. */
  static Ending of(HttpResponseStatus status) {
    return switch (status.code()) {
      case 200 -> OK;
      case 304 -> NOT_MODIFIED;
      case 307 -> REDIRECTED;
      case 404 -> NOT_FOUND;
      case 408 -> TOO_SLOW;
      case 409 -> CONFLICT;
      case 410 -> GONE;
      case 412 -> CONDITION_UNMET;
      case 413, 414, 431 -> TOO_LARGE;
      case 429 -> TOO_MANY_WAITING;
      case 500 -> FAILED;
      case 501 -> UNSUPPORTED;
      case 503 -> UNAVAILABLE;
      case 504 -> UNCONFIRMED;
      case 507 -> STORE_FULL;
      default -> BAD_REQUEST;
    };
  }

  /** Whether it was refused: it left no trace, and was not answered either. */
  boolean isRefusal() {
    return compareTo(REDIRECTED) >= 0;
  }

  /** As a label. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What became of a write, in the words of the API. */
  String ofWrite() {
    return switch (this) {
      case OK -> "confirmed";
      case UNCONFIRMED -> "unconfirmed";
      case UNKNOWN, FAILED -> "unknown";
      default -> "not_applied";
    };
  }

  /** What a read of a key found. */
  String ofRead() {
    return switch (this) {
      case OK -> "found";
      case NOT_MODIFIED -> "not_modified";
      case NOT_FOUND -> "not_found";
      case FAILED -> "failed";
      default -> "refused";
    };
  }
}
