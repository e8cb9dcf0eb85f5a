package io.quorate.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How one that was granted an epoch makes its state what the granted nodes hold: that of the node
 * which entered the latest epoch and has applied most without gaps; and of the others that entered
 * the same epoch, what they hold above that.
 */
final class StateTaking {

  /** One node's part: what is newer there than {@code since}, or everything. */
  private record Part(Peer from, Life life, long since) {}

  private final NodeState state;
  private final Follower self;
  private final Leadership candidate;
  private final Outbox outbox;
  private final List<Peer> counted;
  private final ArrayDeque<Part> parts = new ArrayDeque<>();
  private final Set<Long> merged = new HashSet<>();

  /** Newest version that any of them has seen. */
  private long highest;

  private boolean mergesPlanned;
  private long attempt = 1;
  private int nextNumber;

  StateTaking(
      NodeState state, Follower self, Leadership candidate, List<Peer> counted, Outbox outbox) {
    this.state = state;
    this.self = self;
    this.candidate = candidate;
    this.outbox = outbox;
    this.counted = counted;
    this.highest = state.lastVersion();
    Peer furthest = null;
    Report best = null;
    for (Peer peer : counted) {
      Report grant = granted(peer);
      highest = Math.max(highest, grant.lastVersion());
      if (best == null || isFurther(grant, best.leadership(), best.appliedVersion())) {
        best = grant;
        furthest = peer;
      }
    }
    boolean selfCounts = state.isWhole() && !state.isBlank();
    if (best != null
        && furthest != null
        && (!selfCounts
            || isFurther(best, state.reign().leadership(), state.applied().through()))) {
      boolean same = selfCounts && best.leadership().equals(state.reign().leadership());
      parts.add(new Part(furthest, best.life(), same ? state.applied().through() : 0));
    } else {
      planMerges();
    }
  }

  private static Report granted(Peer peer) {
    Report grant = peer.grant;
    if (grant == null) {
      throw new IllegalStateException(peer.name + " has granted nothing");
    }
    return grant;
  }

  private static boolean isFurther(Report report, Leadership than, long applied) {
    return Token.newer(report.leadership().epoch(), report.appliedVersion(), than.epoch(), applied);
  }

  /** The furthest state is here: what others of the same epoch hold above it is to come. */
  private void planMerges() {
    mergesPlanned = true;
    long through = state.applied().through();
    for (Peer peer : counted) {
      Report grant = granted(peer);
      if (grant.leadership().equals(state.reign().leadership())) {
        merged.add(grant.life().incarnation());
        if (grant.lastVersion() > through) {
          parts.add(new Part(peer, grant.life(), through));
        }
      }
    }
  }

  boolean isDone() {
    return mergesPlanned && parts.isEmpty();
  }

  String reason() {
    Part part = parts.peek();
    return part == null ? "" : "taking over what " + part.from().name + " holds";
  }

  void tick(long nowNanos, long againNanos) {
    Part part = parts.peek();
    if (part != null && part.from().isIdle(nowNanos)) {
      part.from().asks(nowNanos, againNanos);
      outbox.pull(
          part.from().follower,
          part.from().number,
          new Pull(candidate, part.life(), attempt, nextNumber, part.since()));
    }
  }

  /** Whether it is the chunk that was asked for. */
  boolean awaits(SnapshotChunk chunk) {
    Part part = parts.peek();
    return part != null
        && chunk.number() == nextNumber
        && chunk.head().attempt() == attempt
        && (!mergesPlanned || chunk.head().since() == part.since());
  }

  /** Takes the chunk that was asked for. */
  void take(SnapshotChunk chunk) {
    boolean merge = mergesPlanned;
    if (chunk.number() == 0) {
      self.begin(chunk.head());
    }
    chunk.mutations().forEach(state::show);
    state.takeChunk(chunk.number());
    nextNumber++;
    if (chunk.last()) {
      state.completeInstall();
      parts.remove();
      attempt++;
      nextNumber = 0;
      if (!merge) {
        planMerges();
      }
    }
  }

  long highest() {
    return Math.max(highest, state.lastVersion());
  }

  /** Incarnations whose holdings are all in the state. */
  Set<Long> merged() {
    return merged;
  }

  /** The leaderships that the state comes from, this one's not yet among them; newest first. */
  List<Reign.Ancestor> ancestors() {
    List<Reign.Ancestor> ancestors = new ArrayList<>();
    Reign reign = state.reign();
    if (!state.isBlank()) {
      ancestors.add(new Reign.Ancestor(reign.leadership(), state.applied().through()));
    }
    for (Reign.Ancestor ancestor : reign.ancestors()) {
      if (ancestors.size() < Reign.MOST_ANCESTORS) {
        ancestors.add(ancestor);
      }
    }
    return ancestors;
  }
}
