package io.quorate.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All followers of a leader, and what is asked of them together. */
final class Followers {

  private final List<FollowerProgress> all;
  private final GivenWrites writes;
  private final long linkTimeoutNanos;

  Followers(List<FollowerProgress> all, GivenWrites writes, long linkTimeoutNanos) {
    this.all = List.copyOf(all);
    this.writes = writes;
    this.linkTimeoutNanos = linkTimeoutNanos;
  }

  List<FollowerProgress> all() {
    return all;
  }

  FollowerProgress get(int follower) {
    return all.get(follower);
  }

  int size() {
    return all.size();
  }

  /**
   * Another follower that this life is counted for already: one node under two names counts once.
   */
  @Nullable FollowerProgress twinOf(FollowerProgress follower, Life life) {
    for (FollowerProgress other : all) {
      if (other != follower && other.is(life)) {
        return other;
      }
    }
    return null;
  }

  /** All followers have acknowledged all through it. */
  long leastAcknowledged() {
    long least = writes.lastVersion();
    for (FollowerProgress follower : all) {
      least = Math.min(least, follower.acknowledged.through());
    }
    return least;
  }

  /**
   * Whether a snapshot under way has to show what was given at this version: without the delete of
   * a key, its follower would keep the key, or drop it before it has the delete.
   */
  boolean isNeededBySnapshot(long version) {
    for (FollowerProgress follower : all) {
      SnapshotReader snapshot = follower.snapshot;
      if (snapshot != null
          && snapshot.tombstonesNeededAbove() < version
          && !follower.acknowledged.contains(version)) {
        return true;
      }
    }
    return false;
  }

  /** Bit f is set where follower f has entered the epoch, and acknowledged this version of it. */
  long holding(long version) {
    long holding = 0;
    for (FollowerProgress follower : all) {
      boolean holds = follower.entered && follower.acknowledged.contains(version);
      holding |= holds ? 1L << follower.follower : 0;
    }
    return holding;
  }

  /** How many have entered the leader's epoch. */
  int entered() {
    int entered = 0;
    for (FollowerProgress follower : all) {
      entered += follower.entered ? 1 : 0;
    }
    return entered;
  }

  /**
   * The moment at which a heartbeat was sent that at least {@code count} followers have answered,
   * or a later one; null when fewer have answered any.
   */
  @Nullable Long heartbeatAnsweredBy(int count) {
    List<Long> sent = new ArrayList<>();
    for (FollowerProgress follower : all) {
      if (follower.leaseFromNanos != null) {
        sent.add(follower.leaseFromNanos);
      }
    }
    sent.sort(Comparator.reverseOrder());
    return sent.size() < count ? null : sent.get(count - 1);
  }

  /** How many but {@code except} have answered a heartbeat that was sent then or later. */
  int heardSince(long sinceNanos, FollowerProgress except) {
    int heard = 0;
    for (FollowerProgress follower : all) {
      Long sentNanos = follower.leaseFromNanos;
      heard += follower != except && sentNanos != null && sentNanos >= sinceNanos ? 1 : 0;
    }
    return heard;
  }

  int streaming() {
    int streaming = 0;
    for (FollowerProgress follower : all) {
      streaming += follower.state == FollowerState.STREAMING ? 1 : 0;
    }
    return streaming;
  }

  int connected(long nowNanos) {
    int connected = 0;
    for (FollowerProgress follower : all) {
      connected += isConnected(follower, nowNanos) ? 1 : 0;
    }
    return connected;
  }

  boolean isConnected(FollowerProgress follower, long nowNanos) {
    return follower.state != FollowerState.PROBING
        && !follower.isSilent(nowNanos, linkTimeoutNanos);
  }

  List<FollowerView> views(long nowNanos) {
    List<FollowerView> views = new ArrayList<>();
    for (FollowerProgress follower : all) {
      long through = follower.acknowledged.through();
      views.add(
          new FollowerView(
              follower.state,
              isConnected(follower, nowNanos),
              through,
              writes.lastVersion() - through,
              follower.state == FollowerState.PROBING ? 0 : follower.inFlight(),
              follower.heard ? follower.lastContactNanos : null,
              follower.problem));
    }
    return views;
  }
}
