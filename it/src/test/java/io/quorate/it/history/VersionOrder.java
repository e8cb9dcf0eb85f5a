package io.quorate.it.history;

import io.quorate.it.history.Operation.Outcome;
import io.quorate.it.history.Violation.Promise;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Walks through operations on one key in the order of time, and reports each that stands before an
 * operation which had ended when it began.
 *
 * <p>A write stands at its version, a read that was shown a value stands right behind that value's
 * write. A read that was shown nothing stands behind some delete, or where nothing was written yet;
 * nothing tells which, so it is given the lowest such place that is not below any operation that
 * had ended when it began. A delete counts for it once that delete was asked for. The place is
 * settled when the read ends, when all these deletes are known; nothing that it bounds has begun by
 * then. A higher place would bound later operations more, never less: if this one leads to a
 * violation, every choice does. What is bounded by its own epoch alone is bounded by such a read
 * only where no delete of a later epoch could explain it.
 *
 * <p>A delete of unknown version may stand anywhere above what had ended when it was asked for.
 * From then on a read that is shown nothing says nothing, and is passed over.
 */
final class VersionOrder {

  /** Something standing at a version. */
  private record Placed(Token token, @Nullable Operation operation) {
    static final Placed NOTHING = new Placed(Token.INITIAL, null);
  }

  /** Invocations before completions of the same time: such operations count as concurrent. */
  private record Event(long nanos, boolean completion, Operation operation) {
    static final Comparator<Event> ORDER =
        Comparator.comparingLong(Event::nanos).thenComparing(Event::completion);
  }

  private final Promise promise;
  private final Origins origins;
  private final Consumer<Violation> violations;

  /** The highest place of all that has ended. */
  private Placed bound = Placed.NOTHING;

  /** The same, of each epoch alone. */
  private final Map<Long, Placed> highest = new HashMap<>();

  /** What {@link #bound} was when each read began that has not ended. */
  private final IdentityHashMap<Operation, Placed> boundAtInvocation = new IdentityHashMap<>();

  /** Deletes asked for so far whose version is known. */
  private final TreeMap<Token, Operation> deletes = new TreeMap<>();

  /** Shown by some read: such a write has not vanished. */
  private final Set<Token> shown;

  /** Whether a delete was asked for whose version is unknown. */
  private boolean deletedSomewhere;

  private VersionOrder(
      Promise promise,
      List<Operation> operations,
      Origins origins,
      Consumer<Violation> violations) {
    this.promise = promise;
    this.shown =
        operations.stream()
            .filter(operation -> !operation.isWrite())
            .map(Operation::token)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    this.origins = origins;
    this.violations = violations;
  }

  /** Checks confirmed reads, and all writes that may have taken effect, of one key. */
  static void ofConfirmed(
      List<Operation> operations, Origins origins, Consumer<Violation> violations) {
    new VersionOrder(Promise.LINEARIZABLE, operations, origins, violations).walk(operations);
  }

  /**
   * Checks reads of one key in one incarnation and epoch of a node. When they were written does not
   * matter: the node applies a write whenever it comes.
   *
   * @param deletes of that key that may have taken effect
   */
  static void ofIncarnation(
      List<Operation> reads,
      List<Operation> deletes,
      Origins origins,
      Consumer<Violation> violations) {
    List<Operation> operations = new ArrayList<>(deletes);
    operations.addAll(reads);
    new VersionOrder(Promise.NEVER_BACK, operations, origins, violations).walk(operations);
  }

  private void walk(List<Operation> operations) {
    List<Event> events = new ArrayList<>();
    for (Operation operation : operations) {
      events.add(new Event(operation.invokedNanos(), false, operation));
      events.add(new Event(operation.completedNanos(), true, operation));
    }
    events.sort(Event.ORDER);
    for (Event event : events) {
      Operation operation = event.operation();
      if (!operation.isWrite()) {
        if (event.completion()) {
          readCompleted(operation);
        } else {
          boundAtInvocation.put(operation, bound);
        }
      } else if (event.completion()) {
        writeCompleted(operation);
      } else {
        writeInvoked(operation);
      }
    }
  }

  private void writeInvoked(Operation write) {
    Token token = origins.tokenOf(write);
    if (token == null) {
      deletedSomewhere |= write.mayDelete();
      return;
    }
    if (write.mayDelete()) {
      deletes.put(token, write);
    }
    boolean mayHaveVanished = write.outcome() == Outcome.UNKNOWN && !shown.contains(token);
    Placed ended = mayHaveVanished ? endedIn(token.epoch()) : bound;
    if (promise == Promise.LINEARIZABLE && token.compareTo(ended.token()) <= 0) {
      report("a write whose version is not above what had ended before it", ended, write);
    }
  }

  /** The highest of this epoch: of a later one, its leader need not know. */
  private Placed endedIn(long epoch) {
    return highest.getOrDefault(epoch, Placed.NOTHING);
  }

  private void writeCompleted(Operation write) {
    Token token = origins.tokenOf(write);
    if (promise == Promise.LINEARIZABLE && token != null) {
      raiseBound(token, write);
    }
  }

  private void readCompleted(Operation read) {
    Placed before = Objects.requireNonNull(boundAtInvocation.remove(read));
    if (read.value() == null) {
      shownNothing(read, before);
      return;
    }
    Token token = origins.tokenOf(read);
    if (token == null) {
      return;
    }
    if (token.compareTo(before.token()) < 0) {
      report("a read of what was older than what had ended before it", before, read);
    }
    raiseBound(token, read);
  }

  private void shownNothing(Operation read, Placed before) {
    if (deletedSomewhere || before.token().equals(Token.INITIAL)) {
      return;
    }
    Token delete = deletes.ceilingKey(before.token());
    if (delete == null) {
      report("nothing is shown, and no delete explains it", before, read);
    } else {
      Placed lowest = new Placed(delete, read);
      bound = higher(bound, lowest);
      if (delete.epoch() == deletes.lastKey().epoch()) {
        raiseEpoch(lowest);
      }
    }
  }

  private void raiseBound(Token token, Operation operation) {
    Placed placed = new Placed(token, operation);
    bound = higher(bound, placed);
    raiseEpoch(placed);
  }

  private void raiseEpoch(Placed placed) {
    highest.merge(placed.token().epoch(), placed, VersionOrder::higher);
  }

  private static Placed higher(Placed one, Placed other) {
    return other.token().compareTo(one.token()) > 0 ? other : one;
  }

  private void report(String what, Placed before, Operation operation) {
    violations.accept(Violation.of(promise, what, before.operation(), operation));
  }
}
