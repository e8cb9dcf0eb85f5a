package io.quorate.core;

import org.jspecify.annotations.Nullable;

/** Whether a leader that serves may give a write its version. Owned by {@link Leader}. */
final class Admission {

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
    Refusal refusal = reach(asked.required(), nowNanos);
    if (refusal == null) {
      refusal = crowding(asked.required());
    }
    return refusal == null ? fullness(asked) : refusal;
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
    if (disk.roomBytes() <= asked.sizeBytes() + MutationBytes.HEADER_BYTES) {
      return new Refusal(Refusal.Kind.DISK_FULL, "there is no room on this node's disk");
    }
    byte[] value = asked.value();
    if (value == null) {
      return null;
    }
    Store store = writes.store();
    long growthBytes = store.growthBytes(asked.key(), value.length);
    return growthBytes > 0 && store.sizeBytes() + growthBytes > limits.storeBytes()
        ? new Refusal(
            Refusal.Kind.STORE_FULL,
            "the store takes " + store.sizeBytes() + " bytes of " + limits.storeBytes())
        : null;
  }

  private @Nullable Refusal crowding(int required) {
    PendingWrites pending = writes.pending();
    if (writes.waiting() >= limits.waitingWrites()
        || pending.sizeBytes() >= limits.pendingBytes()) {
      return new Refusal(
          Refusal.Kind.TOO_MANY_WAITING,
          writes.waiting() + " writes wait for their quorum, as many as may");
    }
    if (pending.overdue() >= limits.overdueWrites() && required > followers.streaming()) {
      return new Refusal(
          Refusal.Kind.TOO_MANY_WAITING,
          pending.overdue() + " writes are past their deadline and unconfirmed, as many as may be");
    }
    return null;
  }
}
