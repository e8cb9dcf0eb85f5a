package io.quorate.core;

import java.util.List;

/** Makes a state of what a disk has kept of it. */
final class StateReplay implements Replay {

  private final NodeState state;

  StateReplay(NodeState state) {
    this.state = state;
  }

  @Override
  public void head(StateHead head) {
    state.load(head);
  }

  @Override
  public void held(Mutation mutation) {
    if (mutation.attributes().receiptOnly()) {
      state.store().receipts().add(mutation);
    } else {
      state.store().put(mutation);
    }
  }

  @Override
  public void stored(Mutation mutation) {
    state.apply(mutation);
  }

  @Override
  public void storedTogether(List<Mutation> write) {
    state.apply(write);
  }

  @Override
  public void skipped(long version) {
    state.skip(version);
  }

  @Override
  public void granted(Leadership leadership) {
    state.grant(leadership);
  }

  /** They are removed in the end, when all tombstones are known. */
  @Override
  public void collected(long tombstoneFloor) {
    state.noteCollected(tombstoneFloor);
  }

  @Override
  public void installBegun(SnapshotHead head) {
    state.begin(head);
  }

  @Override
  public void shown(Mutation mutation) {
    state.takeShown(mutation);
  }

  @Override
  public void wentInPlace() {
    state.goInPlace();
  }

  @Override
  public void chunkTaken(int number) {
    state.takeChunk(number);
  }

  @Override
  public void installed() {
    state.completeInstall();
  }

  @Override
  public void entered(Reign reign) {
    state.enter(reign);
  }

  @Override
  public void membership(Membership membership) {
    state.member(membership);
  }
}
