package io.quorate.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All nodes of a cluster as one of them knows them that wants to lead. Owned by {@link Candidacy}.
 */
final class Electorate {

  private final NodeState self;
  private final Life life;
  private final List<Peer> peers = new ArrayList<>();
  private final int needed;

  /**
   * @param self what this node holds
   * @param life this node's: one of the others that has it is this node once more
   */
  Electorate(NodeState self, Life life, List<String> names, int leastQuorum, Numbers numbers) {
    this.self = self;
    this.life = life;
    this.needed = Grants.needed(names.size(), leastQuorum);
    for (String name : names) {
      peers.add(new Peer(peers.size(), name, numbers));
    }
  }

  /** The others, in the order of the configuration. */
  List<Peer> peers() {
    return peers;
  }

  Peer peer(int peer) {
    return peers.get(peer);
  }

  /** How many must grant. */
  int needed() {
    return needed;
  }

  boolean allAnswered() {
    return peers.stream().allMatch(peer -> peer.standing != null);
  }

  boolean allTried() {
    return peers.stream().allMatch(peer -> peer.standing != null || peer.failed);
  }

  /** Whether it is known of all that they never held anything. */
  boolean isBrandNew() {
    return self.isBlank() && peers.stream().allMatch(Peer::standsBlank);
  }

  /** Whether this node holds all that it has acknowledged. */
  boolean selfCounts() {
    return self.isWhole() && !self.isBlank();
  }

  /** How many can be reached and hold all that they have acknowledged, this node included. */
  int standing() {
    return standing(report -> true);
  }

  /**
   * How many of those could grant at once: no leader counts on them, or the one that does answers,
   * and can be asked first.
   *
   * @param selfLeftNanos for how long a leader still counts on this node
   */
  int free(long selfLeftNanos) {
    Peer leader = leader();
    Leadership present =
        leader == null || leader.standing == null ? Leadership.NONE : leader.standing.leadership();
    boolean selfFree = selfLeftNanos == 0 || present.equals(self.granted());
    int free = standing(report -> report.leaseLeftNanos() == 0 || report.granted().equals(present));
    return free - (selfCounts() && !selfFree ? 1 : 0);
  }

  private int standing(Predicate<Report> which) {
    Set<Life> lives = new HashSet<>();
    for (Peer peer : peers) {
      Report report = peer.standing;
      if (report != null && report.counts() && which.test(report)) {
        lives.add(report.life());
      }
    }
    lives.remove(life);
    return lives.size() + (selfCounts() ? 1 : 0);
  }

  /** On whom of the others a leader still counts, in words. */
  String leased() {
    return peers.stream()
        .filter(peer -> peer.standing != null && peer.standing.leaseLeftNanos() > 0)
        .map(peer -> peer.name)
        .collect(Collectors.joining(", "));
  }

  /** Who leads now, as far as it answers; null when nobody is known to. */
  @Nullable Peer leader() {
    Peer latest = null;
    long epoch = 0;
    for (Peer peer : peers) {
      Report report = peer.standing;
      if (report != null && report.leading() && !peer.failed) {
        if (latest == null || report.leadership().epoch() > epoch) {
          latest = peer;
          epoch = report.leadership().epoch();
        }
      }
    }
    return latest;
  }

  /** One that leads, or has entered an epoch that began since this node led; null for none. */
  @Nullable Peer replacing() {
    for (Peer peer : peers) {
      Report report = peer.standing;
      if (report != null) {
        boolean later = report.leadership().epoch() > self.reign().leadership().epoch();
        if (report.leading() || (!self.isBlank() && later)) {
          return peer;
        }
      }
    }
    return null;
  }

  /** Latest epoch that any of them has granted. */
  long latestEpoch() {
    long latest = self.granted().epoch();
    for (Peer peer : peers) {
      if (peer.standing != null) {
        latest = Math.max(latest, peer.standing.granted().epoch());
      }
    }
    return latest;
  }

  /** Newest version that any of them had seen when it was asked how it stands. */
  long newestVersion() {
    long newest = self.lastVersion();
    for (Peer peer : peers) {
      if (peer.standing != null) {
        newest = Math.max(newest, peer.standing.lastVersion());
      }
    }
    return newest;
  }

  /** Incarnations of those that have granted. */
  Set<Long> granted() {
    Set<Long> incarnations = new HashSet<>();
    for (Peer peer : peers) {
      if (peer.grant != null) {
        incarnations.add(peer.grant.life().incarnation());
      }
    }
    return incarnations;
  }

  /** What stands in the way of {@code nodes} nodes, and what could be lost if it did not. */
  String tooFew(int nodes, String which, Function<Peer, @Nullable Report> said) {
    List<String> missing = new ArrayList<>();
    for (Peer peer : peers) {
      Report report = said.apply(peer);
      if (report == null) {
        missing.add(peer.name + " " + peer.silence());
      } else if (report.verdict() != Report.Verdict.ACCEPTED) {
        missing.add(peer.name + " " + Peer.refusal(report));
      } else if (!report.counts()) {
        missing.add(peer.name + " has lost what it held, or never held anything");
      }
    }
    if (!selfCounts()) {
      missing.add("this node has lost what it held, or never held anything");
    }
    return nodes
        + " nodes "
        + which
        + " and hold what they acknowledged, and "
        + needed
        + " are needed"
        + (self.isBlank() ? " (all " + (peers.size() + 1) + " where none holds anything)" : "")
        + (missing.isEmpty() ? "" : ": " + String.join(", ", missing))
        + "; without them, confirmed writes that only they hold could be lost";
  }
}
