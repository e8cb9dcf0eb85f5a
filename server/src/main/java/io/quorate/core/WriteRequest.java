package io.quorate.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write as a client asked for it.
 *
 * @param changes at least one, each of another key; all are made or none
 * @param once with what it is marked, so that it is carried out once however often it is asked for;
 *     null where it is not
 * @param required follower acknowledgements that confirm it; with 0 it is confirmed at once and
 *     promises nothing
 * @param deadlineNanos when to stop waiting
 * @param waiter told how it ends
 */
public record WriteRequest(
    List<Change> changes, @Nullable Once once, int required, long deadlineNanos, Waiter waiter) {

  /**
   * The mark of a request that its client may repeat.
   *
   * @param id the same for every try
   * @param payload the same for every request that asks for the same
   */
  public record Once(String id, Receipt.Payload payload) {}

  /** A put, or a delete where the value is null, of one key. */
  public WriteRequest(
      Key key,
      byte @Nullable [] value,
      Condition condition,
      int required,
      long deadlineNanos,
      Waiter waiter) {
    this(List.of(new Change(key, value, condition, 0)), null, required, deadlineNanos, waiter);
  }

  /** Bytes of the keys and the values. */
  long sizeBytes() {
    long bytes = 0;
    for (Change change : changes) {
      bytes += change.sizeBytes();
    }
    return bytes;
  }
}
