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
 * @param standing its report, while it holds data of another leadership or follows one; else null
 */
public record FollowerView(
    FollowerState state,
    boolean connected,
    long acknowledgedVersion,
    long lag,
    long inFlight,
    @Nullable Long lastContactNanos,
    @Nullable Report standing) {}
