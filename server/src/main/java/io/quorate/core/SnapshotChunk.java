package io.quorate.core;

import java.util.List;

/**
 * A part of a node's whole store at one version, or of what is newer there than a version.
 *
 * @param life whom it is meant for; another refuses it
 * @param number 0, 1, 2 … within the snapshot
 * @param last whether it completes the snapshot
 * @param mutations what the store holds of the chunk's keys, tombstones included
 */
public record SnapshotChunk(
    SnapshotHead head, Life life, int number, boolean last, List<Mutation> mutations) {

  /** The snapshot's version. */
  public long version() {
    return head.version();
  }
}
