package io.quorate.log;

import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.Replay;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import java.util.List;

/** Looks at what a log tells, for the newest epoch entered and the newest version seen. */
final class Sighting implements Replay {

  private long epoch;
  private long version;

  /** What becomes the epoch with the snapshot that is arriving. */
  private long arrivingEpoch;

  long epoch() {
    return epoch;
  }

  long version() {
    return version;
  }

  private void saw(long seen) {
    version = Math.max(version, seen);
  }

  @Override
  public void head(StateHead head) {
    epoch = head.reign().leadership().epoch();
    saw(head.lastVersion());
  }

  @Override
  public void held(Mutation mutation) {
    saw(mutation.version());
  }

  @Override
  public void stored(Mutation mutation) {
    saw(mutation.version());
  }

  @Override
  public void storedTogether(List<Mutation> write) {
    write.forEach(this::stored);
  }

  @Override
  public void skipped(long skipped) {
    saw(skipped);
  }

  @Override
  public void entered(Reign reign) {
    epoch = reign.leadership().epoch();
    saw(reign.base());
  }

  @Override
  public void shown(Mutation mutation) {
    saw(mutation.version());
  }

  @Override
  public void granted(Leadership leadership) {}

  @Override
  public void collected(long tombstoneFloor) {}

  @Override
  public void installBegun(SnapshotHead head) {
    arrivingEpoch = head.reign().leadership().epoch();
  }

  @Override
  public void wentInPlace() {}

  @Override
  public void chunkTaken(int number) {}

  @Override
  public void installed() {
    epoch = arrivingEpoch;
  }

  @Override
  public void membership(Membership membership) {}
}
