package io.quorate.log;

import java.util.Optional;

/**
 * When what was written to the log is forced to the disk, and so what a settled position means.
 *
 * @param kind when
 * @param intervalNanos longest time between two forces, of {@link Kind#INTERVAL}; else 0
 */
public record Fsync(Kind kind, long intervalNanos) {

  /** When the log is forced. */
  public enum Kind {
    /** Before it counts as settled. */
    ALWAYS,
    /** Every so often; what is written counts as settled. */
    INTERVAL,
    /** When a segment is full and before a snapshot; what is written counts as settled. */
    NEVER
  }

  public static final Fsync ALWAYS = new Fsync(Kind.ALWAYS, 0);
  public static final Fsync NEVER = new Fsync(Kind.NEVER, 0);

  private static final String INTERVAL_PREFIX = "interval:";
  private static final long LONGEST_MILLIS = 60_000;

  /** That many nanoseconds at most between two forces. */
  public static Fsync interval(long nanos) {
    return new Fsync(Kind.INTERVAL, nanos);
  }

  /**
   * Reads {@code always}, {@code never} or {@code interval:50ms} (1 ms to a minute; units ms and
   * s); empty when the text is anything else.
   */
  public static Optional<Fsync> parse(String text) {
    if (text.equals("always")) {
      return Optional.of(ALWAYS);
    }
    if (text.equals("never")) {
      return Optional.of(NEVER);
    }
    if (!text.matches("interval:[0-9]{1,6}(ms|s)")) {
      return Optional.empty();
    }
    boolean inMillis = text.endsWith("ms");
    long number =
        Long.parseLong(
            text, INTERVAL_PREFIX.length(), text.length() - (inMillis ? 2 : 1), /* radix= */ 10);
    long millis = inMillis ? number : number * 1_000;
    return millis < 1 || millis > LONGEST_MILLIS
        ? Optional.empty()
        : Optional.of(interval(millis * 1_000_000));
  }

  /** One sentence for operators: what of the acknowledged writes this node may lose, and when. */
  public String mayLose() {
    return switch (kind) {
      case ALWAYS -> "nothing that was acknowledged, as long as the disk keeps what was forced";
      case INTERVAL ->
          "when the machine stops without warning, what was acknowledged in the last "
              + intervalNanos / 1_000_000
              + " ms; nothing when only the process stops";
      case NEVER ->
          "when the machine stops without warning, all that the operating system had not written"
              + " by then; nothing when only the process stops";
    };
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return switch (kind) {
      case ALWAYS -> "always";
      case INTERVAL -> INTERVAL_PREFIX + intervalNanos / 1_000_000 + "ms";
      case NEVER -> "never";
    };
  }
}
