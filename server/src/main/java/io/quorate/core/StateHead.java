package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * All of a node's state but the entries of its store.
 *
 * @param reign what it has entered
 * @param granted refuses every epoch below this one
 * @param lastVersion newest version seen
 * @param appliedVersion all through it applied
 * @param appliedAbove further versions applied
 * @param tombstoneFloor tombstones at or below it are gone
 * @param whole false when a snapshot had begun to go in place, and was not completed
 * @param membership null when no leader has told
 */
public record StateHead(
    Reign reign,
    Leadership granted,
    long lastVersion,
    long appliedVersion,
    VersionRanges appliedAbove,
    long tombstoneFloor,
    boolean whole,
    @Nullable Membership membership) {}
