package io.quorate.loadgen;

import org.jspecify.annotations.Nullable;

/** From how much to how much delay a cluster of our own injects, milliseconds. */
public record DelayRange(double leastMs, double greatestMs) {
  /** What {@code --min-delay-ms} says of its default. */
  static final String LEAST_DEFAULT = "(default 0.1, or --max-delay-ms where that is less)";

  /** What {@code --max-delay-ms} says of its default. */
  static final String GREATEST_DEFAULT = "(default 1.0, or --min-delay-ms where that is more)";

  private static final double DEFAULT_LEAST_MS = 0.1;
  private static final double DEFAULT_GREATEST_MS = 1.0;
  private static final double MOST_MS = 10_000;
  private static final String LEAST_FLAG = "--min-delay-ms";
  private static final String GREATEST_FLAG = "--max-delay-ms";

  /** What the two flags ask for, each null where it was not given. */
  static DelayRange of(@Nullable String least, @Nullable String greatest) throws Refusal {
    if (least == null && greatest == null) {
      return new DelayRange(DEFAULT_LEAST_MS, DEFAULT_GREATEST_MS);
    }
    if (greatest == null) {
      double leastMs = Flags.milliseconds(LEAST_FLAG, String.valueOf(least), MOST_MS);
      return new DelayRange(leastMs, Math.max(leastMs, DEFAULT_GREATEST_MS));
    }
    double greatestMs = Flags.milliseconds(GREATEST_FLAG, greatest, MOST_MS);
    if (least == null) {
      return new DelayRange(Math.min(DEFAULT_LEAST_MS, greatestMs), greatestMs);
    }
    double leastMs = Flags.milliseconds(LEAST_FLAG, least, MOST_MS);
    if (leastMs > greatestMs) {
      throw Refusal.flag(LEAST_FLAG, least, "at most " + GREATEST_FLAG + ", which is " + greatest);
    }
    return new DelayRange(leastMs, greatestMs);
  }
}
