package io.quorate.log;

import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.Replay;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import io.quorate.core.Token;
import io.quorate.core.VersionRanges;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The simplest node that a log can be of: what was told, made into a state to compare. */
final class StateModel implements Replay {

  private final NavigableMap<Key, Mutation> entries = new ConcurrentSkipListMap<>();
  private final TreeSet<Long> applied = new TreeSet<>();
  private Reign reign = Reign.NONE;
  private Leadership granted = Leadership.NONE;
  private long lastVersion;
  private long tombstoneFloor;
  private boolean whole = true;
  private @Nullable Membership membership;
  private @Nullable SnapshotHead installing;
  private boolean inPlace;
  private int chunk = -1;
  private boolean headTold;
  private boolean journalTold;

  Iterator<Mutation> walk() {
    return entries.values().iterator();
  }

  long lastVersion() {
    return lastVersion;
  }

  boolean isInstalling() {
    return installing != null;
  }

  StateHead stateHead() {
    long through = 0;
    while (applied.contains(through + 1)) {
      through++;
    }
    VersionRanges above = new VersionRanges();
    applied.tailSet(through, false).forEach(above::add);
    return new StateHead(
        reign, granted, lastVersion, through, above, tombstoneFloor, whole, membership);
  }

  @Override
  public void head(StateHead head) {
    if (headTold || journalTold) {
      throw new AssertionError("a head that is not first");
    }
    headTold = true;
    reign = head.reign();
    granted = head.granted();
    lastVersion = head.lastVersion();
    tombstoneFloor = head.tombstoneFloor();
    whole = head.whole();
    membership = head.membership();
    for (long version = 1; version <= head.appliedVersion(); version++) {
      applied.add(version);
    }
    for (int range = 0; range < head.appliedAbove().size(); range++) {
      long last = head.appliedAbove().last(range);
      for (long version = head.appliedAbove().first(range); version <= last; version++) {
        applied.add(version);
      }
    }
  }

  @Override
  public void held(Mutation mutation) {
    if (!headTold || journalTold) {
      throw new AssertionError("an entry without a head before it, or after the log");
    }
    put(mutation);
  }

  private void put(Mutation mutation) {
    Mutation held = entries.get(mutation.key());
    if (held == null
        || Token.newer(mutation.epoch(), mutation.version(), held.epoch(), held.version())) {
      entries.put(mutation.key(), mutation);
    }
  }

  @Override
  public void stored(Mutation mutation) {
    journalTold = true;
    put(mutation);
    applied.add(mutation.version());
    lastVersion = Math.max(lastVersion, mutation.version());
  }

  @Override
  public void storedTogether(List<Mutation> write) {
    write.forEach(this::stored);
  }

  @Override
  public void skipped(long version) {
    journalTold = true;
    applied.add(version);
    lastVersion = Math.max(lastVersion, version);
  }

  @Override
  public void granted(Leadership leadership) {
    journalTold = true;
    granted = leadership;
  }

  @Override
  public void collected(long floor) {
    journalTold = true;
    tombstoneFloor = Math.max(tombstoneFloor, floor);
    entries.values().removeIf(held -> held.isDelete() && held.version() <= tombstoneFloor);
  }

  @Override
  public void installBegun(SnapshotHead head) {
    journalTold = true;
    installing = head;
    inPlace = false;
    chunk = -1;
    whole = false;
  }

  @Override
  public void shown(Mutation mutation) {
    journalTold = true;
    put(mutation);
  }

  @Override
  public void wentInPlace() {
    journalTold = true;
    inPlace = true;
  }

  @Override
  public void chunkTaken(int number) {
    journalTold = true;
    chunk = number;
  }

  @Override
  public void installed() {
    journalTold = true;
    installing = null;
    inPlace = false;
    chunk = -1;
    whole = true;
  }

  @Override
  public void entered(Reign entered) {
    journalTold = true;
    reign = entered;
  }

  @Override
  public void membership(Membership told) {
    journalTold = true;
    membership = told;
  }

  /** All of the state. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (key, held) ->
            text.append(held)
                .append('=')
                .append(Arrays.toString(held.value()))
                .append(held.attributes())
                .append('\n'));
    return text.append(applied)
        .append("\n" + reign + granted + lastVersion + " " + tombstoneFloor + whole + membership)
        .append("\n" + installing + inPlace + chunk)
        .toString();
  }
}
