package io.quorate.core;

/**
 * Bounds on what a leader holds, and the intervals at which it acts.
 *
 * @param storeBytes what the store may take, about, beyond which puts that need more are refused
 * @param backlogBytes newest mutations kept for followers that are behind
 * @param waitingWrites writes that may wait for their quorum at a time
 * @param pendingBytes bytes of all writes that are not confirmed
 * @param overdueWrites writes past their deadline, beyond which those that streaming followers
 *     cannot confirm are refused
 * @param windowVersions mutations handed to a follower's link and not acknowledged
 * @param windowBytes bytes of these
 * @param chunkBytes bytes of mutations in one chunk of a snapshot, about
 * @param tombstones tombstones kept for followers that are behind
 * @param receipts marks of writes that clients may repeat, beyond which such writes are refused
 * @param receiptMillis how long such a mark is kept
 * @param linkTimeoutNanos silence after which a follower counts as lost
 * @param helloNanos between heartbeats, and the first wait after a loss
 * @param helloMaxNanos longest wait between tries to reach a follower
 */
public record LeaderLimits(
    long storeBytes,
    long backlogBytes,
    int waitingWrites,
    long pendingBytes,
    int overdueWrites,
    int windowVersions,
    long windowBytes,
    int chunkBytes,
    int tombstones,
    int receipts,
    long receiptMillis,
    long linkTimeoutNanos,
    long helloNanos,
    long helloMaxNanos) {}
