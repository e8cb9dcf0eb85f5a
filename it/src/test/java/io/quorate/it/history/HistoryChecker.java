package io.quorate.it.history;

import io.quorate.it.history.Operation.Kind;
import io.quorate.it.history.Operation.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says which promises a history breaks, in time {@code n log n}.
 *
 * <p>Versions compare with their epochs, so the order is one over all leaderships.
 *
 * <p>Whether any history is linearizable is hard to say, because all orders have to be tried. Here
 * only one is left: the promise is the order of <em>versions</em>, every acknowledged write tells
 * its version, and every read which. So each operation on a key has a place: a write its version, a
 * read its write's version, right behind it. Operations in the order of their places, those at the
 * same place in the order of time, are a legal history of one register, in which every read shows
 * what was written last. It is the order in which they took effect exactly if no operation stands
 * behind one that began after it had ended. For that it is enough to walk through the history in
 * the order of time, to remember the highest place of all that has ended, and to find nothing that
 * begins later and stands lower; and that no read ends before its write begins. Keys are registers
 * of their own, and linearizable each for itself means linearizable together.
 *
 * <p>What is not told is filled in:
 *
 * <ul>
 *   <li>A write that was not acknowledged may take effect at any time after its invocation, or
 *       never: it ends never, so it bounds nothing. If it was given a version, that is its place
 *       whether or not it was seen: the version was given after all that ended before. If its
 *       version is unknown, it is the one under which its value was seen, and else nobody saw it,
 *       and it is left out.
 *   <li>A leader that does not know yet that it was replaced goes on to give versions of its own
 *       epoch, below all of the newer one. Such a write has vanished with its epoch if nothing
 *       confirmed shows it: then it has no place, and it is only demanded that its version is above
 *       what had ended of its own epoch. If something does, it has a place like any other.
 *   <li>A read that is shown nothing does not tell behind which delete it stands. It is given the
 *       lowest place that it can have; why that is always right stands with {@link VersionOrder}.
 *   <li>A delete whose version is unknown may have taken effect between any two writes that follow
 *       it. From its invocation on, nothing is concluded from reads of its key that are shown
 *       nothing. With writes that vanished, here alone the checker passes histories that it could
 *       refuse; it never refuses one that is right.
 * </ul>
 *
 * <p>The same walk, over the local reads of one key in one incarnation and epoch of one node, shows
 * that versions never go back there. {@link Origins} compares every read with what was written,
 * {@link FinalStates} what all nodes show in the end with what was confirmed.
 */
public final class HistoryChecker {

  private HistoryChecker() {}

  /**
   * Every violation found; none when the history holds. An operation may show in several.
   *
   * @throws IllegalArgumentException when a value was put to one key twice
   */
  public static List<Violation> violations(Collection<Operation> history) {
    List<Violation> violations = new ArrayList<>();
    Origins origins = new Origins(history, violations::add);
    for (List<Operation> ofKey : groups(history, Operation::key)) {
      VersionOrder.ofConfirmed(
          ofKey.stream().filter(HistoryChecker::isConfirmedOrder).toList(),
          origins,
          violations::add);
      checkIncarnations(ofKey, origins, violations);
      FinalStates.check(ofKey, origins, violations::add);
    }
    return violations;
  }

  private static void checkIncarnations(
      List<Operation> ofKey, Origins origins, List<Violation> violations) {
    List<Operation> deletes = ofKey.stream().filter(Operation::mayDelete).toList();
    List<Operation> local = ofKey.stream().filter(HistoryChecker::isLocal).toList();
    for (List<Operation> reads : groups(local, read -> List.of(read.node(), read.incarnation()))) {
      VersionOrder.ofIncarnation(reads, deletes, origins, violations::add);
    }
  }

  private static boolean isConfirmedOrder(Operation operation) {
    return operation.kind() == Kind.CONFIRMED_READ
        || (operation.isWrite() && operation.outcome() != Outcome.NOT_APPLIED);
  }

  private static boolean isLocal(Operation operation) {
    return operation.kind() == Kind.LOCAL_READ || operation.kind() == Kind.FINAL_READ;
  }

  private static <K> Collection<List<Operation>> groups(
      Collection<Operation> operations, Function<Operation, K> by) {
    Map<K, List<Operation>> groups =
        operations.stream()
            .collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    return groups.values();
  }
}
