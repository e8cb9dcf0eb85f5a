package io.quorate.it.history;

import io.quorate.it.history.Violation.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all nodes show of one key in the end, against what was acknowledged or seen confirmed. */
final class FinalStates {

  private FinalStates() {}

  /**
   * @param operations on one key
   */
  static void check(List<Operation> operations, Origins origins, Consumer<Violation> violations) {
    List<Operation> finals = new ArrayList<>();
    Token newest = Token.INITIAL;
    Operation newestConfirmed = null;
    for (Operation operation : operations) {
      Token token = origins.tokenOf(operation);
      if (operation.kind() == Operation.Kind.FINAL_READ) {
        finals.add(operation);
      } else if (operation.showsConfirmed() && token != null && token.compareTo(newest) > 0) {
        newest = token;
        newestConfirmed = operation;
      }
    }
    for (Operation read : finals) {
      if (!reaches(read, newest, operations, origins)) {
        violations.accept(
            Violation.of(Promise.KEPT, "a confirmed write is lost", newestConfirmed, read));
      }
    }
    Operation other = differing(finals);
    if (other != null) {
      violations.accept(
          Violation.of(Promise.CONVERGED, "two nodes differ in the end", finals.get(0), other));
    }
  }

  /** Whether a final read can be of a version no older than this. */
  private static boolean reaches(
      Operation read, Token newest, List<Operation> operations, Origins origins) {
    if (read.value() != null) {
      Token token = origins.tokenOf(read);
      return token != null && token.compareTo(newest) >= 0;
    }
    return newest.equals(Token.INITIAL)
        || operations.stream()
            .filter(Operation::mayDelete)
            .map(origins::tokenOf)
            .anyMatch(token -> token == null || token.compareTo(newest) >= 0);
  }

  private static @Nullable Operation differing(List<Operation> finals) {
    for (Operation read : finals) {
      Operation first = finals.get(0);
      if (!Objects.equals(first.value(), read.value())
          || !Objects.equals(first.token(), read.token())) {
        return read;
      }
    }
    return null;
  }
}
