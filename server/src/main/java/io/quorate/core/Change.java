package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a client wants done to one key.
 *
 * @param value the value's own bytes; null for a delete
 * @param condition what has to hold of the newest that was given of the key
 * @param ttlMillis after how long the value ends; 0 where it does not
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Change(Key key, byte @Nullable [] value, Condition condition, long ttlMillis) {

  /** Bytes of the key and the value. */
  long sizeBytes() {
    return key.bytes().length + (value == null ? 0L : value.length);
  }
}
