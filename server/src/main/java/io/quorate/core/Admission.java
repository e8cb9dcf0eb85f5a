package io.quorate.core;

import org.jspecify.annotations.Nullable;

/** Whether a leader that serves may give a write its version. Owned by {@link Leader}. */
final class Admission {

  private static final long LARGEST_DELETE_BYTES =
      Key.MAX_BYTES + MutationBytes.MOST_OVERHEAD_BYTES;

  private final Disk disk;
  private final LeaderLimits limits;
  private final int leastQuorum;
  private final GivenWrites writes;
  private final Followers followers;

  Admission(
      Disk disk, LeaderLimits limits, int leastQuorum, GivenWrites writes, Followers followers) {
    this.disk = disk;
    this.limits = limits;
    this.leastQuorum = leastQuorum;
    this.writes = writes;
    this.followers = followers;
  }

  /** Why not; null when it may. */
  @Nullable Refusal refusal(WriteRequest asked, long nowNanos) {
    Refusal refusal = pressure(asked.required(), nowNanos);
    if (refusal == null) {
      refusal = fullness(asked);
    }
    return refusal == null ? remembrance(asked) : refusal;
  }

  /** Why not for a delete that nobody asked for; null when it may be given. */
  @Nullable Refusal refusal(int required, long nowNanos) {
    Refusal refusal = pressure(required, nowNanos);
    return refusal == null && disk.roomBytes() <= LARGEST_DELETE_BYTES ? fullDisk() : refusal;
  }

  private @Nullable Refusal pressure(int required, long nowNanos) {
    Refusal refusal = reach(required, nowNanos);
    return refusal == null ? crowding(required) : refusal;
  }

  private @Nullable Refusal reach(int required, long nowNanos) {
    if (required < 0 || required > followers.size()) {
      return new Refusal(
          Refusal.Kind.IMPOSSIBLE_QUORUM,
          "w=" + required + " asked for, and there are " + followers.size() + " followers");
    }
    if (required > 0 && required < leastQuorum) {
      return new Refusal(
          Refusal.Kind.IMPOSSIBLE_QUORUM,
          "w=" + required + " asked for, and the least write quorum is " + leastQuorum);
    }
    int connected = followers.connected(nowNanos);
    if (connected < required) {
      return new Refusal(
          Refusal.Kind.TOO_FEW_CONNECTED,
          "w=" + required + " asked for, and " + connected + " followers are connected");
    }
    return null;
  }

  private @Nullable Refusal fullness(WriteRequest asked) {
    long overheadBytes = (long) MutationBytes.MOST_OVERHEAD_BYTES * asked.changes().size();
    if (disk.roomBytes() <= asked.sizeBytes() + overheadBytes) {
      return fullDisk();
    }
    Store store = writes.store();
    long growthBytes = 0;
    for (Change change : asked.changes()) {
      byte[] value = change.value();
      growthBytes +=
          value == null
              ? 0
              : store.growthBytes(change.key(), value.length, change.ttlMillis() != 0);
    }
    return growthBytes > 0 && store.sizeBytes() + growthBytes > limits.storeBytes()
        ? new Refusal(
            Refusal.Kind.STORE_FULL,
            "the store takes " + store.sizeBytes() + " bytes of " + limits.storeBytes())
        : null;
  }

  private static Refusal fullDisk() {
    return new Refusal(Refusal.Kind.DISK_FULL, "there is no room on this node's disk");
  }

  private @Nullable Refusal remembrance(WriteRequest asked) {
    int kept = writes.store().receipts().size();
    return asked.once() != null && kept >= limits.receipts()
        ? new Refusal(
            Refusal.Kind.TOO_MANY_RECEIPTS, kept + " idempotency keys are kept, as many as may be")
        : null;
  }

  static Refusal tooManyWait(int waiting) {
    return new Refusal(
        Refusal.Kind.TOO_MANY_WAITING, waiting + " writes wait for their quorum, as many as may");
  }

  private @Nullable Refusal crowding(int required) {
    PendingWrites pending = writes.pending();
    if (writes.waiting() >= limits.waitingWrites()) {
      return tooManyWait(writes.waiting());
    }
    if (pending.sizeBytes() >= limits.pendingBytes()) {
      return new Refusal(
          Refusal.Kind.TOO_MANY_WAITING,
          "unconfirmed writes take " + pending.sizeBytes() + " bytes of " + limits.pendingBytes());
    }
    if (pending.overdue() >= limits.overdueWrites() && required > followers.streaming()) {
      return new Refusal(
          Refusal.Kind.TOO_MANY_WAITING,
          pending.overdue() + " writes are past their deadline and unconfirmed, as many as may be");
    }
    return null;
  }
}
