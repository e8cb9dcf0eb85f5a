package io.quorate.core;

/**
 * What a leader carries at one moment.
 *
 * @param waiting writes without their quorum and within their deadline
 * @param overdue writes without their quorum and past it
 * @param pendingBytes of both
 * @param backlogBytes of the newest writes, kept for followers that are behind
 */
public record LeaderLoad(int waiting, int overdue, long pendingBytes, long backlogBytes) {}
