package io.quorate.core;

import java.util.List;

/** Where what a node sends gets lost. */
public class Nowhere implements Outbox {
  @Override
  public void open(List<String> urls) {}

  @Override
  public void close() {}

  @Override
  public void openSession(int follower, long session) {}

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {}

  @Override
  public void append(int follower, Life life, List<Mutation> write) {}

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {}

  @Override
  public void grant(int follower, long number, GrantRequest request) {}

  @Override
  public void pull(int follower, long number, Pull pull) {}

  @Override
  public void invite(int follower, Leadership leadership) {}
}
