package io.quorate.replication;

/** The binary format between nodes. */
public final class ReplicationFormat {
  private ReplicationFormat() {}
}
