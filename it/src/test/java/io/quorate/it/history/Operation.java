package io.quorate.it.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One write or read of one key, as whoever asked for it saw it. A read that was not answered with
 * what the key holds is no operation: nothing was seen.
 *
 * @param invokedNanos no later than the request was sent
 * @param completedNanos no earlier than the answer had come; {@link #NEVER} for {@link
 *     Outcome#UNKNOWN}
 * @param node which was asked
 * @param incarnation of the node's data when it answered, with the epoch that it had entered; empty
 *     where nobody asked
 * @param value written or shown; null for a delete and for a read that was shown nothing
 * @param token of the write, or of the value shown; null where no answer named one
 */
public record Operation(
    long invokedNanos,
    long completedNanos,
    String node,
    String incarnation,
    String key,
    Kind kind,
    @Nullable String value,
    @Nullable Token token,
    Outcome outcome) {

  /** Later than any operation is invoked. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int SHOWN_CHARACTERS = 60;

  /** What was asked for. A final read is a local one, after all writes and faults have ended. */
  public enum Kind {
    PUT,
    DELETE,
    CONFIRMED_READ,
    LOCAL_READ,
    FINAL_READ
  }

  /** What the answer promises; a read is always {@code OK}. */
  public enum Outcome {
    OK,
    /** Was not and will not be applied. */
    NOT_APPLIED,
    /** Unconfirmed, or not answered: takes effect at any time after its invocation, or never. */
    UNKNOWN
  }

  boolean isWrite() {
    return kind == Kind.PUT || kind == Kind.DELETE;
  }

  /** Whether it is a delete that may have taken effect. */
  boolean mayDelete() {
    return kind == Kind.DELETE && outcome != Outcome.NOT_APPLIED;
  }

  /** Whether it is a write that was acknowledged, or a read that only shows confirmed writes. */
  boolean showsConfirmed() {
    return outcome == Outcome.OK && (isWrite() || kind == Kind.CONFIRMED_READ);
  }

  @Override
  public String toString() {
    String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String end = completedNanos == NEVER ? "never" : millis(completedNanos);
    return String.format(
        Locale.ROOT,
        "[%s .. %s ms] %s%s: %s %s%s %s%s",
        millis(invokedNanos),
        end,
        node,
        incarnation.isEmpty() ? "" : " (incarnation " + incarnation + ")",
        what,
        key,
        value == null ? "" : " = \"" + shortened(value) + "\"",
        isWrite() ? outcome.name().toLowerCase(Locale.ROOT) : value == null ? "nothing" : "at",
        token == null ? "" : " " + token);
  }

  private static String millis(long nanos) {
    return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN_CHARACTERS
        ? value
        : value.substring(0, SHOWN_CHARACTERS) + "… (" + value.length() + " characters)";
  }
}
