package io.quorate.it.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A promise that a history breaks.
 *
 * @param what was seen that must not be
 * @param operations that show it together
 */
public record Violation(Promise promise, String what, List<Operation> operations) {

  /** What a history is held to. */
  public enum Promise {
    /** Confirmed reads and writes of a key are linearizable in the order of versions. */
    LINEARIZABLE,
    /** Within one incarnation and epoch of a node, the version of a key never goes back. */
    NEVER_BACK,
    /** Whatever is read was written to that key before, and has one version. */
    WRITTEN,
    /** A write that was answered {@code not_applied} is seen by nobody. */
    NOT_APPLIED_UNSEEN,
    /** Every acknowledged write, or a newer one of its key, is in every node's final state. */
    KEPT,
    /** All nodes hold the same in the end. */
    CONVERGED
  }

  static Violation of(Promise promise, String what, @Nullable Operation... operations) {
    List<Operation> shown = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation != null) {
        shown.add(operation);
      }
    }
    return new Violation(promise, what, List.copyOf(shown));
  }

  @Override
  public String toString() {
    return operations.stream()
        .map(Objects::toString)
        .collect(Collectors.joining("\n    ", promise + ": " + what + "\n    ", ""));
  }
}
