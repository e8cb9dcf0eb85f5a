package io.quorate.core;

import java.util.List;

/**
 * From the leader: a part of its whole store at one version.
 *
 * @param life whom it is meant for; another refuses it
 * @param attempt grows by one with each snapshot that this leadership begins for this follower
 * @param number 0, 1, 2 … within the attempt
 * @param version the snapshot's version: for each key it holds the newest given through it, or a
 *     newer one
 * @param last whether it completes the snapshot
 * @param mutations what the leader's store holds of the chunk's keys, tombstones included
 */
public record SnapshotChunk(
    Leadership leadership,
    Life life,
    long attempt,
    int number,
    long version,
    boolean last,
    List<Mutation> mutations) {}
