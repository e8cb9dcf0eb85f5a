package io.quorate.http;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection that are not answered yet, oldest first, and the answers among
 * them that are known and wait for their turn. Owned by the connection's loop.
 */
final class OpenRequests {

  /** Bytes of answers that may wait behind an unknown one. */
  private static final long MOST_HELD_BYTES = 1 << 20;

  private final int most;

  /** Invariant: at most {@link #most}, for no request is taken while they are. */
  private final ArrayDeque<Exchange> open = new ArrayDeque<>();

  /** Bytes of the bodies of the known answers in {@link #open}. */
  private long heldBytes;

  OpenRequests(int most) {
    this.most = most;
  }

  /** Whether no further request may be taken. */
  boolean isFull() {
    return open.size() >= most || heldBytes > MOST_HELD_BYTES;
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  int size() {
    return open.size();
  }

  /** Bytes of the answers that wait for their turn. */
  long heldBytes() {
    return heldBytes;
  }

  void add(Exchange exchange) {
    open.add(exchange);
  }

  /** Forgets one whose answer is not known. */
  void remove(Exchange exchange) {
    open.remove(exchange);
  }

  /** Holds the answer of an open request until its turn. */
  void know(Exchange exchange, Answer answer) {
    exchange.know(answer);
    heldBytes += answer.body().readableBytes();
  }

  /** The oldest; null when there is none. */
  @Nullable Exchange first() {
    return open.peek();
  }

  /** Takes the oldest out, whose answer is this one. */
  void removeFirst(Answer answer) {
    open.remove();
    heldBytes -= answer.body().readableBytes();
  }

  /** Forgets all, and the answers that wait. */
  void drop() {
    for (Exchange dropped : open) {
      Answer answer = dropped.known();
      if (answer == null) {
        dropped.drop();
      } else {
        answer.release();
      }
    }
    open.clear();
    heldBytes = 0;
  }
}
