package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A small history of one key: operations on a register that takes each at one moment between its
 * invocation and its completion. It may be damaged afterwards.
 */
final class RandomHistory {

  private static final long TICKS = 60;
  private static final long LONGEST_TICKS = 30;

  /** Of a tick, so that no two operations begin or end at the same time. */
  private static final long NANOS = 100;

  /** An operation before it is known what it sees, and the moment at which it takes effect. */
  private record Planned(long from, long to, Kind kind, long moment) {
    boolean isWrite() {
      return kind != Kind.CONFIRMED_READ;
    }
  }

  /** Above all versions that a leader gives which is not replaced. */
  private static final long VANISHED = 100;

  private final SplittableRandom random;

  /** Writes that vanished. */
  private long lost;

  private final List<Operation> operations = new ArrayList<>();

  /** What reads may be made to show: nothing, and each write's value at its version. */
  private final List<Shown> showable = new ArrayList<>(List.of(new Shown(null, null)));

  private record Shown(@Nullable String value, @Nullable Token token) {}

  RandomHistory(SplittableRandom random) {
    this.random = random;
    int count = 6 + random.nextInt(3);
    List<Planned> planned = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      planned.add(plan(number));
    }
    planned.sort(Comparator.comparingLong(Planned::moment));
    long epoch = 1;
    long version = 0;
    Shown held = showable.get(0);
    for (Planned next : planned) {
      if (!next.isWrite()) {
        operations.add(operation(next, held, Outcome.OK));
        continue;
      }
      if (random.nextInt(4) == 0) {
        epoch++;
        version -= random.nextLong(version + 1);
      }
      version += 1 + random.nextInt(2);
      Token token = new Token(epoch, version);
      if (next.to() == Operation.NEVER && epoch > 1 && random.nextInt(3) == 0) {
        operations.add(vanished(next, epoch - 1));
        continue;
      }
      held = new Shown(next.kind() == Kind.PUT ? "value " + token : null, token);
      if (held.value() != null) {
        showable.add(held);
      }
      operations.add(written(next, held));
    }
  }

  private Planned plan(int number) {
    long from = random.nextLong(TICKS) * NANOS + 2L * number;
    long to = from + random.nextLong(LONGEST_TICKS) * NANOS + 1;
    int drawn = random.nextInt(10);
    Kind kind = drawn < 4 ? Kind.CONFIRMED_READ : drawn < 8 ? Kind.PUT : Kind.DELETE;
    if (kind != Kind.CONFIRMED_READ && random.nextInt(4) == 0) {
      return new Planned(from, Operation.NEVER, kind, from + random.nextLong(2 * TICKS * NANOS));
    }
    return new Planned(from, to, kind, random.nextLong(from, to + 1));
  }

  /** A write that never ends is answered with its version, or not at all. */
  private Operation written(Planned planned, Shown held) {
    if (planned.to() != Operation.NEVER) {
      return operation(planned, held, Outcome.OK);
    }
    Token token = random.nextBoolean() ? held.token() : null;
    return operation(planned, new Shown(held.value(), token), Outcome.UNKNOWN);
  }

  /** Taken by a leader that has been replaced, and lost with its epoch. */
  private Operation vanished(Planned planned, long epoch) {
    Token token = new Token(epoch, VANISHED + lost++);
    String value = planned.kind() == Kind.PUT ? "lost " + token : null;
    return operation(planned, new Shown(value, token), Outcome.UNKNOWN);
  }

  private static Operation operation(Planned planned, Shown shown, Outcome outcome) {
    boolean shownNothing = planned.kind() == Kind.CONFIRMED_READ && shown.value() == null;
    return new Operation(
        planned.from(),
        planned.to(),
        "leader",
        "a",
        Sample.KEY,
        planned.kind(),
        shown.value(),
        shownNothing ? null : shown.token(),
        outcome);
  }

  /** Changes what one operation saw, or when it was. */
  void damage() {
    int number = random.nextInt(operations.size());
    Operation operation = operations.get(number);
    if (random.nextBoolean()) {
      operations.set(number, moved(operation));
    } else if (!operation.isWrite()) {
      Shown shown = showable.get(random.nextInt(showable.size()));
      operations.set(number, showing(operation, shown));
    } else if (operation.token() != null) {
      long version = 1L + random.nextInt(2 * operations.size());
      Token other = new Token(1 + random.nextInt(3), version);
      operations.set(number, showing(operation, new Shown(operation.value(), other)));
    }
  }

  private Operation moved(Operation operation) {
    long nanos = (random.nextLong(2 * LONGEST_TICKS) - LONGEST_TICKS) * NANOS;
    return new Operation(
        operation.invokedNanos() + nanos,
        operation.completedNanos() == Operation.NEVER
            ? Operation.NEVER
            : operation.completedNanos() + nanos,
        operation.node(),
        operation.incarnation(),
        operation.key(),
        operation.kind(),
        operation.value(),
        operation.token(),
        operation.outcome());
  }

  private static Operation showing(Operation operation, Shown shown) {
    return new Operation(
        operation.invokedNanos(),
        operation.completedNanos(),
        operation.node(),
        operation.incarnation(),
        operation.key(),
        operation.kind(),
        shown.value(),
        shown.token(),
        operation.outcome());
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }
}
