package io.quorate.replication;

import java.util.Locale;

/** What a node is to its cluster. */
public enum Role {
  LEADER,
  FOLLOWER;

  /** As configuration and status spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
