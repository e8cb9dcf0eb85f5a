package io.quorate.loadgen;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the writes of a run leave behind for the proof: of each key the newest version answered 200,
 * and which writes were never confirmed. Belongs to the event loop while writes are under way, and
 * to the reader when all have ended.
 */
final class WriteLog {
  private final Workload workload;

  /** Of each key, the newest version answered 200. */
  private final @Nullable KeyVersion[] newest;

  /** The number of the write that {@code newest} belongs to. */
  private final long[] newestNumber;

  private final BitSet usedKeys = new BitSet();

  /** Numbers sent and not answered 200. */
  private final BitSet unconfirmed = new BitSet();

  /** The number of the next write. Invariant: at most {@code Integer.MAX_VALUE}. */
  private int next;

  WriteLog(Workload workload) {
    this.workload = workload;
    newest = new KeyVersion[workload.keys()];
    newestNumber = new long[workload.keys()];
    Arrays.fill(newestNumber, Workload.NO_NUMBER);
  }

  Workload workload() {
    return workload;
  }

  /** The number of a write about to be sent. Until it is confirmed, it is unconfirmed. */
  long begin() {
    int number = next;
    next = Math.incrementExact(next);
    unconfirmed.set(number);
    usedKeys.set(workload.key(number));
    return number;
  }

  /** Write {@code number} was answered 200 with {@code version}. */
  void confirmed(long number, KeyVersion version) {
    unconfirmed.clear(Math.toIntExact(number));
    int key = workload.key(number);
    KeyVersion known = newest[key];
    if (known == null || version.compareTo(known) > 0) {
      newest[key] = version;
      newestNumber[key] = number;
    }
  }

  /** How many writes were sent. */
  int sent() {
    return next;
  }

  /** How many writes were sent and not answered 200. */
  int unconfirmedWrites() {
    return unconfirmed.cardinality();
  }

  /** The keys that were written to, ascending. */
  List<Integer> usedKeys() {
    return IntStream.range(0, workload.keys()).filter(usedKeys::get).boxed().toList();
  }

  /**
   * What is wrong with what a node holds of {@code key}, or null where nothing is: it must be the
   * newest write answered 200, or a newer one whose answer was an error or never came.
   *
   * @param version null where the node does not hold the key
   */
  @Nullable String problem(int key, @Nullable KeyVersion version, byte[] value) {
    KeyVersion known = newest[key];
    if (version == null) {
      return known == null ? null : "is missing, " + known + " was answered 200";
    }
    int order = known == null ? 1 : version.compareTo(known);
    if (order < 0) {
      return "has version " + version + ", older than " + known + ", which was answered 200";
    }
    if (order == 0) {
      boolean same = Arrays.equals(value, workload.value(newestNumber[key]));
      return same ? null : "has another value than " + version + " was answered 200 for";
    }
    return isUnconfirmed(key, value)
        ? null
        : "has version " + version + " with a value that no unconfirmed write of it carried";
  }

  private boolean isUnconfirmed(int key, byte[] value) {
    long number = Workload.numberIn(value);
    return number >= 0
        && number < next
        && unconfirmed.get((int) number)
        && workload.key(number) == key
        && Arrays.equals(value, workload.value(number));
  }
}
