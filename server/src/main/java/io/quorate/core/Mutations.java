package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the mutations of a request that gets its versions. */
final class Mutations {

  private Mutations() {}

  /**
   * One for each change, with consecutive versions.
   *
   * @param timeMillis wall time as the leader counts it
   */
  static List<Mutation> of(WriteRequest asked, long epoch, long firstVersion, long timeMillis) {
    List<Change> changes = asked.changes();
    int last = changes.size() - 1;
    WriteRequest.Once once = asked.once();
    Receipt receipt =
        once == null ? null : new Receipt(once.id(), once.payload(), changes.size(), timeMillis);
    if (last == 0) {
      return List.of(
          of(changes.get(0), epoch, firstVersion, asked.required(), 0, receipt, timeMillis));
    }
    List<Mutation> mutations = new ArrayList<>(changes.size());
    for (int i = 0; i <= last; i++) {
      mutations.add(
          of(
              changes.get(i),
              epoch,
              firstVersion + i,
              asked.required(),
              last - i,
              i == last ? receipt : null,
              timeMillis));
    }
    return mutations;
  }

  private static Mutation of(
      Change change,
      long epoch,
      long version,
      int required,
      int rest,
      @Nullable Receipt receipt,
      long timeMillis) {
    long ttlMillis = change.ttlMillis();
    if (ttlMillis == 0 && rest == 0 && receipt == null) {
      return new Mutation(change.key(), change.value(), epoch, version);
    }
    long expiresAtMillis = ttlMillis == 0 ? 0 : timeMillis + ttlMillis;
    var attributes = new Attributes(required, expiresAtMillis, false, rest, receipt, false);
    return new Mutation(change.key(), change.value(), epoch, version, attributes);
  }
}
