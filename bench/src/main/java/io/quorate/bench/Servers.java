package io.quorate.bench;

import io.quorate.loadgen.NodeProcess;
import java.util.ArrayList;
import java.util.List;

/** Somebody else's servers, which end together. */
final class Servers implements AutoCloseable {
  private final List<NodeProcess> running = new ArrayList<>();

  NodeProcess add(NodeProcess server) {
    running.add(server);
    return server;
  }

  @Override
  public void close() {
    running.forEach(NodeProcess::close);
  }
}
