package io.quorate.core;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One follower as its leader knows it. Owned by {@link Leader}. */
final class FollowerProgress {

  /** How many lives that were left are remembered, so that none of them is believed again. */
  private static final int LEFT_LIVES = 64;

  /** Keys that a snapshot which waits for its follower may have to show once more. */
  private static final int MOST_AGAIN = 100_000;

  final int follower;
  final String name;

  FollowerState state = FollowerState.PROBING;

  /** Whom the follower was found to be; null before it answered a leadership. */
  @Nullable Life life;

  /** When that life was met. */
  long lifeSinceNanos;

  /** Whether that life has entered this leadership's epoch: only then is it sent appends. */
  boolean entered;

  /** What that life acknowledged. */
  final VersionSet acknowledged = new VersionSet();

  /**
   * Next version to hand to the link. Invariant: acknowledged.through() < next <= backlog.last() +
   * 1.
   */
  long next = 1;

  /** The snapshot under way, or null. */
  @Nullable SnapshotReader snapshot;

  /** A snapshot whose session ended before it did: it may go on. */
  @Nullable SnapshotReader interrupted;

  /** How many snapshots were begun. */
  long snapshotAttempts;

  /** Grows whenever the link starts over. Below 2 belongs to the candidacy. */
  long session = 1;

  /** Number of the latest hello; an answer to an earlier one is not believed. */
  long helloNumber;

  boolean helloUnderWay;
  long helloSentNanos;

  /**
   * When the latest heartbeat was sent that it answered while holding all that it ever
   * acknowledged; null before the first.
   */
  @Nullable Long leaseFromNanos;

  long nextHelloNanos;

  /** How long to wait after the next loss. */
  long retryNanos;

  boolean heard;
  long lastContactNanos;

  /** What it reported last, while no leadership counts on it yet; else null. */
  @Nullable Report standing;

  /** Why it is not counted though it answers; null when it is, or does not answer. */
  @Nullable String problem;

  private final ArrayDeque<Life> leftLives = new ArrayDeque<>();

  FollowerProgress(int follower, String name, long retryNanos) {
    this.follower = follower;
    this.name = name;
    this.retryNanos = retryNanos;
  }

  /** Whether this life is counted here, or will be when the leadership begins. */
  boolean is(Life other) {
    return other.equals(life) || (standing != null && other.equals(standing.life()));
  }

  void heardAt(long nowNanos) {
    heard = true;
    lastContactNanos = nowNanos;
  }

  boolean isSilent(long nowNanos, long timeoutNanos) {
    return nowNanos - lastContactNanos > timeoutNanos;
  }

  boolean hasLeft(Life other) {
    return leftLives.contains(other);
  }

  /** Begins to count for another life, from nothing. The one before is never believed again. */
  void enterLife(Life newLife) {
    if (life != null) {
      leftLives.add(life);
      if (leftLives.size() > LEFT_LIVES) {
        leftLives.remove();
      }
    }
    if (life == null || life.incarnation() != newLife.incarnation()) {
      interrupted = null;
      leaseFromNanos = null;
    }
    life = newLife;
    entered = false;
    acknowledged.clear();
    next = 1;
    snapshot = null;
  }

  /** A write was given: a snapshot shows all of it or nothing. */
  void given(List<Mutation> write) {
    if (snapshot != null) {
      snapshot.given(write);
    }
    if (interrupted != null) {
      boolean kept = interrupted.given(write) <= MOST_AGAIN;
      interrupted = kept ? interrupted : null;
    }
  }

  /**
   * Nothing through it is in flight: the follower has acknowledged it, or gets it in the snapshot
   * under way.
   */
  long base() {
    return acknowledged.endOfRun(snapshot == null ? 0 : snapshot.version());
  }

  /** Mutations handed to the link and not acknowledged. */
  long inFlight() {
    long base = base();
    return next - 1 - base - acknowledged.countBetween(base, next - 1);
  }
}
