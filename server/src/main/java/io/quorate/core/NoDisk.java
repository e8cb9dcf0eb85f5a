package io.quorate.core;

import java.util.List;

/** Keeps nothing. */
class NoDisk implements Disk {

  @Override
  public long position() {
    return 0;
  }

  @Override
  public long roomBytes() {
    return Long.MAX_VALUE;
  }

  @Override
  public void stored(Mutation mutation) {}

  @Override
  public void storedTogether(List<Mutation> write) {}

  @Override
  public void skipped(long version) {}

  @Override
  public void granted(Leadership leadership) {}

  @Override
  public void collected(long tombstoneFloor) {}

  @Override
  public void installBegun(SnapshotHead head) {}

  @Override
  public void shown(Mutation mutation) {}

  @Override
  public void wentInPlace() {}

  @Override
  public void chunkTaken(int number) {}

  @Override
  public void installed() {}

  @Override
  public void entered(Reign reign) {}

  @Override
  public void membership(Membership membership) {}
}
