package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opensearch.cluster.coordination.LinearizabilityChecker;
import org.opensearch.cluster.coordination.LinearizabilityChecker.History;
import org.opensearch.cluster.coordination.LinearizabilityChecker.SequentialSpec;

/**
 * One key as a register with versions that only grow, for a checker that tries all orders. A write
 * that was not answered takes effect with a version above all before it; the first read of it names
 * that version. One of an epoch that has been replaced meanwhile may take no effect.
 */
final class VersionedRegister implements SequentialSpec {

  /**
   * @param token of the last write, or of the one before it if its version is not known yet
   * @param highest version that took effect in each epoch
   */
  private record State(
      Token token, boolean known, @Nullable String value, Map<Long, Long> highest) {

    State at(Token next, @Nullable String shown) {
      Map<Long, Long> reached = new HashMap<>(highest);
      reached.put(next.epoch(), next.version());
      return new State(next, true, shown, reached);
    }

    State unknown(@Nullable String shown) {
      return new State(token, false, shown, highest);
    }

    /** Whether its epoch is replaced, and was left below it. */
    boolean hasLeft(Token other) {
      return other.epoch() < token.epoch()
          && highest.getOrDefault(other.epoch(), 0L) < other.version();
    }
  }

  private record Event(long nanos, boolean completion, Operation operation) {}

  /** Whether any order that keeps to time is one that the register takes. */
  static boolean isLinearizable(List<Operation> operations) {
    if (twoWritesHaveOneVersion(operations)) {
      return false; // Not for the register to see when one of them takes no effect.
    }
    List<Event> events = new ArrayList<>();
    for (Operation operation : operations) {
      events.add(new Event(operation.invokedNanos(), false, operation));
      if (operation.completedNanos() != Operation.NEVER) {
        events.add(new Event(operation.completedNanos(), true, operation));
      }
    }
    events.sort(Comparator.comparingLong(Event::nanos));
    History history = new History();
    int[] calls = new int[operations.size()];
    for (Event event : events) {
      int number = operations.indexOf(event.operation());
      if (event.completion()) {
        history.respond(calls[number], event.operation());
      } else {
        calls[number] = history.invoke(event.operation());
      }
    }
    return new LinearizabilityChecker()
        .isLinearizable(new VersionedRegister(), history, unanswered -> unanswered);
  }

  private static boolean twoWritesHaveOneVersion(List<Operation> operations) {
    Set<Token> given = new HashSet<>();
    return operations.stream()
        .filter(operation -> operation.isWrite() && operation.token() != null)
        .anyMatch(write -> !given.add(write.token()));
  }

  @Override
  public Object initialState() {
    return new State(Token.INITIAL, true, null, Map.of());
  }

  @Override
  public Optional<Object> nextState(Object currentState, Object input, Object output) {
    State state = (State) currentState;
    Operation operation = (Operation) input;
    Token token = operation.token();
    if (operation.kind() == Kind.CONFIRMED_READ) {
      return read(state, operation.value(), token);
    }
    if (token == null) {
      return Optional.of(state.unknown(operation.value()));
    }
    if (token.compareTo(state.token()) > 0) {
      return Optional.of(state.at(token, operation.value()));
    }
    boolean vanished = operation.outcome() == Outcome.UNKNOWN && state.hasLeft(token);
    return vanished ? Optional.of(state) : Optional.empty();
  }

  private static Optional<Object> read(State state, @Nullable String value, @Nullable Token token) {
    if (!Objects.equals(value, state.value())) {
      return Optional.empty();
    }
    if (token == null) {
      return Optional.of(state);
    }
    int above = token.compareTo(state.token());
    return (state.known() ? above == 0 : above > 0)
        ? Optional.of(state.at(token, value))
        : Optional.empty();
  }
}
