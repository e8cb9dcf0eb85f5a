package io.quorate.replication;

import java.util.concurrent.CompletionStage;

/** The bytes of a snapshot file. One that fails before its last part has given no snapshot. */
public interface SnapshotStream extends BodyParts {

  /**
   * Begins with what the node holds at a moment at which that is a state at one version, and waits
   * for such a moment; false when none came in time: then there is nothing to ask for. Called
   * first, and once.
   */
  CompletionStage<Boolean> begin(long timeoutNanos);
}
