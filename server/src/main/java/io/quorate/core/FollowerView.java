package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a leader knows of a follower at one moment.
 *
 * @param connected catching up or streaming, and heard from within the link timeout
 * @param acknowledgedVersion all through it acknowledged
 * @param lag versions given and not within that
 * @param inFlight mutations handed to its link and not acknowledged
 * @param lastContactNanos when it was last heard from, on the clock of the leader's calls; null
 *     before the first time
 * @param problem why it is not counted though it answers; null when it is, or does not answer
 */
public record FollowerView(
    FollowerState state,
    boolean connected,
    long acknowledgedVersion,
    long lag,
    long inFlight,
    @Nullable Long lastContactNanos,
    @Nullable String problem) {}
