package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a mutation carries beside its key and its value; most carry nothing of it.
 *
 * @param required follower acknowledgements that its write asked for
 * @param expiresAtMillis wall time at which the value ends; 0 where it does not
 * @param expiry whether it is the delete of a value that has ended
 * @param rest how many mutations of the same write follow it, with the next versions
 * @param receipt with which a repeated request is recognized; null where there is none. Of a write
 *     of several mutations the last has it
 * @param receiptOnly whether it says nothing of its key: only that the write was given once
 */
public record Attributes(
    int required,
    long expiresAtMillis,
    boolean expiry,
    int rest,
    @Nullable Receipt receipt,
    boolean receiptOnly) {

  public static final Attributes NONE = new Attributes(0, 0, false, 0, null, false);

  /** Of an entry that ends. */
  static Attributes ending(int required, long expiresAtMillis) {
    return new Attributes(required, expiresAtMillis, false, 0, null, false);
  }

  /** Of what is kept of a write when only its receipt is. */
  Attributes onlyReceipt() {
    return new Attributes(required, expiresAtMillis, false, 0, receipt, true);
  }

  public boolean isNone() {
    return expiresAtMillis == 0 && !expiry && rest == 0 && receipt == null;
  }
}
