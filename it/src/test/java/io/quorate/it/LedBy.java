package io.quorate.it;

import java.util.List;

/** A cluster while it is led by one of its nodes, which need not be the one configured for it. */
record LedBy(NodeHandle leader, List<NodeHandle> followers) implements Cluster {

  LedBy {
    followers = List.copyOf(followers);
  }
}
