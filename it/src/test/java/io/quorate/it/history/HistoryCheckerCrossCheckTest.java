package io.quorate.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The history checker against OpenSearch's, which tries all orders, on small histories. */
final class HistoryCheckerCrossCheckTest {

  private static final int HISTORIES = 40_000;

  /** Verdicts of one sort that must be among them. */
  private static final int OFTEN = HISTORIES / 8;

  private final long seed = Long.getLong("quorate.seed", System.nanoTime());
  private int accepted;
  private int refused;
  private int passedOver;

  @Test
  void verdictsAgreeOnHistoriesAsMadeAndOnDamagedOnes() {
    System.out.println("seed of the histories: " + seed + " (-Dquorate.seed)");
    for (int number = 0; number < HISTORIES; number++) {
      RandomHistory history = new RandomHistory(new SplittableRandom(seed + number));
      boolean sound = number % 3 == 0;
      for (int times = number % 3; times > 0; times--) {
        history.damage();
      }
      compare(number, sound, history.operations());
    }
    System.out.println(
        accepted + " accepted, " + refused + " refused, " + passedOver + " passed over");
    assertThat(accepted).isGreaterThan(OFTEN);
    assertThat(refused).isGreaterThan(OFTEN);
    assertThat(passedOver).isLessThan(HISTORIES / 50);
  }

  /**
   * Where a delete of unknown version was asked for, or a write may have vanished with its epoch,
   * the checker may accept more, never less: it says so.
   */
  private void compare(int number, boolean sound, List<Operation> history) {
    List<Violation> violations = HistoryChecker.violations(history);
    boolean linearizable = VersionedRegister.isLinearizable(history);
    String told =
        "seed " + seed + ", history " + number + ": " + shown(history) + "\nfound " + violations;
    if (sound) {
      assertThat(linearizable).as("as made, %s", told).isTrue();
    }
    if (violations.isEmpty() && !linearizable && isDoubtful(history)) {
      passedOver++;
      return;
    }
    assertThat(violations.isEmpty()).as(told).isEqualTo(linearizable);
    if (linearizable) {
      accepted++;
    } else {
      refused++;
    }
  }

  private static boolean isDoubtful(List<Operation> history) {
    return history.stream()
        .anyMatch(
            operation ->
                operation.token() == null
                    ? operation.kind() == Kind.DELETE
                    : operation.outcome() == Outcome.UNKNOWN && isOfOldEpoch(operation, history));
  }

  private static boolean isOfOldEpoch(Operation write, List<Operation> history) {
    long epoch = Objects.requireNonNull(write.token()).epoch();
    return history.stream()
        .map(Operation::token)
        .anyMatch(token -> token != null && token.epoch() > epoch);
  }

  private static String shown(List<Operation> history) {
    return history.stream()
        .map(Operation::toString)
        .collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
