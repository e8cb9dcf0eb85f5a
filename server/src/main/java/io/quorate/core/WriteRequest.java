package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * A write as a client asked for it.
 *
 * @param value the value's own bytes; null for a delete
 * @param condition what has to hold of the newest that was given of the key
 * @param required follower acknowledgements that confirm it; with 0 it is confirmed at once and
 *     promises nothing
 * @param deadlineNanos when to stop waiting
 * @param waiter told how it ends
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record WriteRequest(
    Key key,
    byte @Nullable [] value,
    Condition condition,
    int required,
    long deadlineNanos,
    Waiter waiter) {

  /** Bytes of the key and the value. */
  long sizeBytes() {
    return key.bytes().length + (value == null ? 0L : value.length);
  }
}
