package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opensearch.cluster.coordination.LinearizabilityChecker;
import org.opensearch.cluster.coordination.LinearizabilityChecker.History;
import org.opensearch.cluster.coordination.LinearizabilityChecker.SequentialSpec;

/**
 * One key as a register with versions that only grow, for a checker that tries all orders. A write
 * that was not answered takes effect with a version above all before it; the first read of it names
 * that version.
 */
final class VersionedRegister implements SequentialSpec {

  /**
   * @param token of the last write, or of the one before it if its version is not known yet
   */
  private record State(Token token, boolean known, @Nullable String value) {}

  private record Event(long nanos, boolean completion, Operation operation) {}

  /** Whether any order that keeps to time is one that the register takes. */
  static boolean isLinearizable(List<Operation> operations) {
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

  @Override
  public Object initialState() {
    return new State(Token.INITIAL, true, null);
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
      return Optional.of(new State(state.token(), false, operation.value()));
    }
    return token.compareTo(state.token()) > 0
        ? Optional.of(new State(token, true, operation.value()))
        : Optional.empty();
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
        ? Optional.of(new State(token, true, value))
        : Optional.empty();
  }
}
