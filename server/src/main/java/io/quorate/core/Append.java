package io.quorate.core;

import java.util.List;

/**
 * From the leader: mutations to apply, in any order of versions.
 *
 * @param life whom it is meant for; another refuses it
 * @param confirmedVersion all through it confirmed
 * @param tombstoneFloor tombstones at or below it may go
 */
public record Append(
    Leadership leadership,
    Life life,
    long confirmedVersion,
    long tombstoneFloor,
    List<Mutation> mutations) {}
