package io.quorate.loadgen;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the writes of a run leave behind for the proof: of each key the newest version answered 200,
 * and which writes were never confirmed. Belongs to the event loop while writes are under way, and
 * to the reader when all have ended.
 *
 * <p>Its size is that of the keys and of the failed writes, of which it remembers {@link
 * #MOST_UNCONFIRMED}: a run that goes on for days with writes confirmed adds nothing.
 */
final class WriteLog {
  /** So many writes may fail; past that a load is to end, for the proof would not know them. */
  static final int MOST_UNCONFIRMED = 200_000;

  private final Workload workload;

  /** Of each key, the newest version answered 200. */
  private final @Nullable KeyVersion[] newest;

  /** The number of the write that {@code newest} belongs to. */
  private final long[] newestNumber;

  private final BitSet usedKeys = new BitSet();

  /** Numbers sent, ended, and not answered 200. */
  private final Set<Long> unconfirmed = new HashSet<>();

  /** The number of the next write. */
  private long next;

  WriteLog(Workload workload) {
    this.workload = workload;
    int keys = workload.keys().keys();
    newest = new KeyVersion[keys];
    newestNumber = new long[keys];
    Arrays.fill(newestNumber, Workload.NO_NUMBER);
  }

  Workload workload() {
    return workload;
  }

  /**
   * The number of a write about to be sent. It has to end as {@link #confirmed} or {@link
   * #unconfirmed}.
   */
  long begin() {
    long number = next++;
    usedKeys.set(workload.key(number));
    return number;
  }

  /** Write {@code number} was answered 200 with {@code version}. */
  void confirmed(long number, KeyVersion version) {
    int key = workload.key(number);
    KeyVersion known = newest[key];
    if (known == null || version.compareTo(known) > 0) {
      newest[key] = version;
      newestNumber[key] = number;
    }
  }

  /** Write {@code number} was not answered 200: whether it is there, only the nodes know. */
  void unconfirmed(long number) {
    unconfirmed.add(number);
  }

  /** Whether no more failed writes can be remembered. */
  boolean isFull() {
    return unconfirmed.size() >= MOST_UNCONFIRMED;
  }

  /** How many writes ended without a 200. */
  int unconfirmedWrites() {
    return unconfirmed.size();
  }

  /** The keys that were written to, ascending. */
  List<Integer> usedKeys() {
    return IntStream.range(0, newest.length).filter(usedKeys::get).boxed().toList();
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
    return unconfirmed.contains(number)
        && workload.key(number) == key
        && Arrays.equals(value, workload.value(number));
  }
}
