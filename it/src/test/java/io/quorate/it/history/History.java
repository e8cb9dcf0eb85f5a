package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Records what clients ask of a cluster and are answered; any number of threads at once. All times
 * come from one monotonic clock: a client takes {@link #now} before it sends, and records when the
 * answer has come.
 */
public final class History {

  private final long originNanos = System.nanoTime();
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

  /** Nanoseconds since this history began. */
  public long now() {
    return System.nanoTime() - originNanos;
  }

  /** A write that was answered, or will not be. Completes now, unless its outcome is unknown. */
  public void write(
      long invokedNanos,
      String node,
      String key,
      @Nullable String value,
      Outcome outcome,
      @Nullable Token token) {
    Kind kind = value == null ? Kind.DELETE : Kind.PUT;
    long completedNanos = outcome == Outcome.UNKNOWN ? Operation.NEVER : now();
    add(new Operation(invokedNanos, completedNanos, node, "", key, kind, value, token, outcome));
  }

  /** Adds a finished operation, whose times are of {@link #now}. */
  public void add(Operation operation) {
    operations.add(operation);
  }

  /** All that was recorded until now, in the order in which it was recorded. */
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** All keys that a write was asked for, sorted. */
  public List<String> writtenKeys() {
    return operations.stream()
        .filter(Operation::isWrite)
        .map(Operation::key)
        .distinct()
        .sorted()
        .toList();
  }
}
