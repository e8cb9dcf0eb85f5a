package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Leadership;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All writes that one leadership accepted from its clients. */
final class Ledger {

  final Leadership leadership;
  private final List<ClientWrite> byVersion = new ArrayList<>();
  private final List<List<ClientWrite>> byKey = new ArrayList<>();

  /** Those of which it is not known yet that their quorum had them. */
  final List<ClientWrite> open = new ArrayList<>();

  /** Per key: no confirmed read may return anything older. */
  final long[] readFloor;

  /** Newest version answered as confirmed by at least one follower. */
  long newestConfirmed;

  /** All through it was seen to be confirmed. */
  long confirmedThrough;

  Ledger(Leadership leadership, int keys) {
    this.leadership = leadership;
    this.readFloor = new long[keys];
    for (int key = 0; key < keys; key++) {
      byKey.add(new ArrayList<>());
    }
  }

  /** Newest version given. */
  long given() {
    return byVersion.size();
  }

  /** How many of them ask for so many followers. */
  long givenWith(int required) {
    return byVersion.stream().filter(write -> write.required == required).count();
  }

  void add(ClientWrite write) {
    byVersion.add(write);
    byKey.get(write.key).add(write);
    open.add(write);
  }

  ClientWrite get(long version) {
    return byVersion.get((int) version - 1);
  }

  List<ClientWrite> ofKey(int key) {
    return byKey.get(key);
  }

  @Nullable ClientWrite newest(int key) {
    List<ClientWrite> writes = byKey.get(key);
    return writes.isEmpty() ? null : writes.get(writes.size() - 1);
  }

  /** The write that left this entry; complains when there is none. */
  ClientWrite require(int key, Entry entry, String where) {
    ClientWrite write =
        entry.version() < 1 || entry.version() > given() ? null : get(entry.version());
    if (entry.epoch() != leadership.epoch()
        || write == null
        || write.key != key
        || !write.matches(entry)) {
      throw new PromiseBroken(
          Promise.ONLY_WHAT_WAS_WRITTEN,
          where + " has key" + key + " @" + entry.token() + ", the write there is " + write);
    }
    return write;
  }
}
