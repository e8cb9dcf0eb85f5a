package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import io.quorate.it.history.Violation.Promise;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which write each value and each version comes from. A write whose answer named no version has the
 * one under which somebody saw its value.
 */
final class Origins {

  /** A key and the value put there; each value is put once. */
  private record Put(String key, String value) {}

  private final Consumer<Violation> violations;
  private final Map<Put, Operation> puts = new HashMap<>();
  private final Map<Put, Token> tokens = new HashMap<>();
  private final Map<Token, Operation> byToken = new HashMap<>();

  /**
   * Reports each read of what was never written there, not yet written or refused, and each version
   * that is not one write's alone.
   *
   * @throws IllegalArgumentException when a value was put to one key twice: no read of it tells
   *     which write it saw
   */
  Origins(Collection<Operation> operations, Consumer<Violation> violations) {
    this.violations = violations;
    operations.stream().filter(Operation::isWrite).forEach(this::written);
    operations.stream().filter(operation -> !operation.isWrite()).forEach(this::shown);
  }

  private void written(Operation write) {
    if (write.value() != null) {
      Put put = new Put(write.key(), write.value());
      Operation other = puts.putIfAbsent(put, write);
      if (other != null) {
        throw new IllegalArgumentException("put twice: " + other + " and " + write);
      }
    }
    named(write);
  }

  private void shown(Operation read) {
    if (read.value() == null) {
      return;
    }
    Operation put = puts.get(new Put(read.key(), read.value()));
    if (put == null) {
      report(Promise.WRITTEN, "a value that was never written to this key", read);
    } else if (put.outcome() == Outcome.NOT_APPLIED) {
      report(Promise.NOT_APPLIED_UNSEEN, "a write that was not applied is shown", put, read);
    } else if (put.invokedNanos() > read.completedNanos()) {
      report(Promise.WRITTEN, "a value is shown before it was written", read, put);
    }
    named(read);
  }

  /** One version is one write's, and one value has one version. */
  private void named(Operation operation) {
    Token token = operation.token();
    if (token == null) {
      if (!operation.isWrite()) {
        report(Promise.WRITTEN, "a value is shown without a version", operation);
      }
      return;
    }
    Operation first = byToken.putIfAbsent(token, operation);
    if (first != null && !sameWrite(first, operation)) {
      report(Promise.WRITTEN, "one version of two writes", first, operation);
    }
    if (operation.value() != null) {
      Token other = tokens.putIfAbsent(new Put(operation.key(), operation.value()), token);
      if (other != null && !other.equals(token)) {
        report(Promise.WRITTEN, "one write with two versions", byToken.get(other), operation);
      }
    }
  }

  /** Of two operations that name the same version, the first of which may be the write. */
  private static boolean sameWrite(Operation first, Operation other) {
    return !other.isWrite()
        && first.kind() != Kind.DELETE
        && first.key().equals(other.key())
        && Objects.equals(first.value(), other.value());
  }

  /** The version of a write, or of the value that a read was shown; null where none is known. */
  @Nullable Token tokenOf(Operation operation) {
    Token token = operation.token();
    return token != null || operation.value() == null
        ? token
        : tokens.get(new Put(operation.key(), operation.value()));
  }

  private void report(Promise promise, String what, @Nullable Operation... operations) {
    violations.accept(Violation.of(promise, what, operations));
  }
}
