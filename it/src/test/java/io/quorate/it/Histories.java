package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import io.quorate.it.history.HistoryChecker;
import io.quorate.it.history.Operation;
import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import io.quorate.it.history.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether what clients saw of a cluster, and what its nodes hold in the end, keeps its promises.
 */
final class Histories {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int SHOWN_VIOLATIONS = 10;

  private Histories() {}

  /** Reads what each node holds in the end of every key written, and checks all that was seen. */
  static void assertHolds(Cluster cluster, History history) {
    assertHolds(cluster.nodes(), history);
  }

  /** The same, for those nodes of a cluster that still run. */
  static void assertHolds(List<NodeHandle> nodes, History history) {
    List<Operation> operations = new ArrayList<>(history.operations());
    assertThat(operations)
        .as("operations recorded")
        .anyMatch(operation -> operation.kind() == Kind.PUT && operation.outcome() == Outcome.OK);
    for (NodeHandle node : nodes) {
      operations.addAll(finalReads(node, history));
    }
    List<Violation> violations = HistoryChecker.violations(operations);
    if (!violations.isEmpty()) {
      throw new AssertionError(
          violations.stream()
              .limit(SHOWN_VIOLATIONS)
              .map(Violation::toString)
              .collect(
                  Collectors.joining(
                      "\n",
                      violations.size() + " violations by " + operations.size() + " operations:\n",
                      "")));
    }
  }

  private static List<Operation> finalReads(NodeHandle node, History history) {
    Reader reader = new Reader(node, LIMIT, history);
    String incarnation =
        Eventually.present("the epoch of " + node.name(), () -> reader.incarnation().orElse(null));
    List<Operation> reads = new ArrayList<>();
    for (String key : history.writtenKeys()) {
      reads.add(
          reader
              .read(key, Kind.FINAL_READ, incarnation)
              .orElseThrow(() -> new AssertionError(node.name() + " does not show " + key)));
    }
    return reads;
  }
}
