package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import io.quorate.it.history.Violation.Promise;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A history made by hand, of one key unless another is named: each operation from when to when. */
final class Sample {

  static final String KEY = "key";

  private final List<Operation> operations = new ArrayList<>();

  /** Of the versions named next. */
  private long epoch = 1;

  /** Versions named from here on are of this epoch. */
  Sample epoch(long next) {
    epoch = next;
    return this;
  }

  Sample put(long from, long to, String value, long version) {
    return write(from, to, KEY, value, version, Outcome.OK);
  }

  Sample delete(long from, long to, long version) {
    return write(from, to, KEY, null, version, Outcome.OK);
  }

  /**
   * A write that may take effect at any time, or never.
   *
   * @param value null for a delete
   * @param version 0 for one that no answer named
   */
  Sample unknown(long from, @Nullable String value, long version) {
    return write(from, Operation.NEVER, KEY, value, version, Outcome.UNKNOWN);
  }

  Sample refused(long from, long to, @Nullable String value) {
    return write(from, to, KEY, value, 0, Outcome.NOT_APPLIED);
  }

  Sample write(
      long from, long to, String key, @Nullable String value, long version, Outcome outcome) {
    Kind kind = value == null ? Kind.DELETE : Kind.PUT;
    return add(from, to, "leader", "a", key, kind, value, version, outcome);
  }

  /** Shows a value at its version; null and 0 for nothing. */
  Sample confirmedRead(long from, long to, @Nullable String value, long version) {
    return add(from, to, "leader", "a", KEY, Kind.CONFIRMED_READ, value, version, Outcome.OK);
  }

  Sample localRead(
      long from, String node, String incarnation, @Nullable String value, long version) {
    return add(from, from + 1, node, incarnation, KEY, Kind.LOCAL_READ, value, version, Outcome.OK);
  }

  Sample finalRead(long from, String node, @Nullable String value, long version) {
    return add(from, from + 1, node, "a", KEY, Kind.FINAL_READ, value, version, Outcome.OK);
  }

  private Sample add(
      long from,
      long to,
      String node,
      String incarnation,
      String key,
      Kind kind,
      @Nullable String value,
      long version,
      Outcome outcome) {
    Token token = version == 0 ? null : new Token(epoch, version);
    operations.add(new Operation(from, to, node, incarnation, key, kind, value, token, outcome));
    return this;
  }

  List<Violation> violations() {
    return HistoryChecker.violations(operations);
  }

  /** Which promises are broken. */
  Set<Promise> broken() {
    return violations().stream()
        .map(Violation::promise)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Promise.class)));
  }
}
