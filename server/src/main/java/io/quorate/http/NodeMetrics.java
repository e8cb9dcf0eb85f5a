package io.quorate.http;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.quorate.core.LeaderLoad;
import io.quorate.http.Families.Sample;
import io.quorate.http.Families.Timed;
import io.quorate.log.LogCounts;
import io.quorate.replication.Measures;
import io.quorate.replication.NodeStatus;
import io.quorate.replication.NodeStatus.FollowerStatus;
import io.quorate.replication.NodeStatus.QuorumCompletions;
import io.quorate.replication.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A node's own metrics. Labels have values from fixed sets, or one for each follower and quorum:
 * nothing that a client sends is one.
 */
final class NodeMetrics {

  private final Families families = new Families();
  private final NodeStatus status;

  private NodeMetrics(Measures measures) {
    this.status = measures.status();
  }

  /**
   * @param ready whether {@code /readyz} answers 200
   */
  static List<MetricSnapshot> of(Measures measures, boolean ready) {
    NodeMetrics metrics = new NodeMetrics(measures);
    metrics.standing(ready);
    metrics.versions();
    Measures.OfLeader leader = measures.leader();
    if (leader != null) {
      metrics.load(leader);
      metrics.followers(leader);
      metrics.completions(leader);
    }
    Measures.OfLog log = measures.log();
    if (log != null) {
      metrics.log(log);
    }
    return metrics.families.all();
  }

  private void standing(boolean ready) {
    NodeStatus.Standing standing = status.standing();
    families.gauge(
        "quorate_leader",
        "1 where this node leads or asks to, 0 where it follows.",
        status.role() == Role.LEADER ? 1 : 0);
    families.gauge(
        "quorate_serving",
        "1 where this node leads and takes writes.",
        Boolean.TRUE.equals(standing.serving()) ? 1 : 0);
    families.gauge("quorate_ready", "1 where /readyz answers 200.", ready ? 1 : 0);
    families.gauge(
        "quorate_unclean",
        "1 where the epoch, or one before it, was forced or taken in memory.",
        standing.unclean() ? 1 : 0);
    families.gauge("quorate_epoch", "Epoch that this node has entered.", status.epoch());
    families.gauge(
        "quorate_uptime_seconds", "Since this node started.", status.uptimeMillis() / 1e3);
    families.gauge("quorate_watchers", "Watches that are open here.", status.watchers());
    Long leaseLeft = standing.leaseLeftNanos();
    if (leaseLeft != null) {
      families.gauge(
          "quorate_lease_left_seconds",
          "How long this leader may serve confirmed reads unless followers answer again.",
          Families.seconds(leaseLeft));
    }
  }

  private void versions() {
    families.gauge(
        "quorate_last_version", "Newest version given; on a follower, seen.", status.lastVersion());
    families.gauge("quorate_applied_version", "All through it applied.", status.appliedVersion());
    families.gauge(
        "quorate_confirmed_version",
        "All through it confirmed, as far as this node knows.",
        status.confirmedVersion());
    families.gauge("quorate_keys", "Keys that have a value here.", status.keys());
    families.gauge("quorate_tombstones", "Deletes kept here.", status.tombstones());
  }

  private void load(Measures.OfLeader leader) {
    LeaderLoad load = leader.load();
    families.gauge(
        "quorate_pending_writes",
        "Writes without their quorum: waiting within their deadline, or overdue past it.",
        List.of(
            Sample.of(load.waiting(), "state", "waiting"),
            Sample.of(load.overdue(), "state", "overdue")));
    families.gauge(
        "quorate_pending_bytes", "Bytes of the writes without their quorum.", load.pendingBytes());
    families.gauge(
        "quorate_backlog_bytes",
        "Bytes of the newest writes, kept for followers that are behind.",
        load.backlogBytes());
    families.gauge(
        "quorate_confirmation_lag_seconds",
        "How long ago the oldest write without its quorum was given; 0 where there is none.",
        Families.seconds(leader.confirmationLagNanos()));
  }

  private void followers(Measures.OfLeader leader) {
    families.gauge(
        "quorate_follower_connected",
        "1 where the follower counts for writes.",
        measured(leader, follower -> follower.connected() ? 1 : 0));
    families.gauge(
        "quorate_follower_lag_versions",
        "Versions given that the follower has not acknowledged, without gaps.",
        told(leader, FollowerStatus::lag));
    families.gauge(
        "quorate_follower_lag_seconds",
        "How long ago the oldest write that the follower has not acknowledged was given.",
        measured(leader, follower -> Families.seconds(follower.lagNanos())));
    families.gauge(
        "quorate_follower_in_flight",
        "Mutations on their way to the follower.",
        told(leader, FollowerStatus::inFlight));
    families.counter(
        "quorate_follower_sent_bytes",
        "Bytes of replication handed to the socket since the leadership began.",
        told(leader, FollowerStatus::sentBytes));
    families.histogram(
        "quorate_replication_round_trip_seconds",
        "From handing a batch to the socket to its answer, without injected delay.",
        leader.followers().stream()
            .map(one -> new Timed(one.roundTrips(), Labels.of("follower", one.address())))
            .toList());
  }

  private static List<Sample> measured(
      Measures.OfLeader leader, ToDoubleFunction<Measures.OfFollower> value) {
    return leader.followers().stream()
        .map(one -> Sample.of(value.applyAsDouble(one), "follower", one.address()))
        .toList();
  }

  /** The same of what stands in the status, where the followers have the same order. */
  private List<Sample> told(Measures.OfLeader leader, Function<FollowerStatus, Long> value) {
    List<FollowerStatus> followers = status.followers();
    List<Sample> samples = new ArrayList<>();
    if (followers != null) {
      for (FollowerStatus follower : followers) {
        String address = leader.followers().get(samples.size()).address();
        samples.add(Sample.of(value.apply(follower), "follower", address));
      }
    }
    return samples;
  }

  private void completions(Measures.OfLeader leader) {
    List<QuorumCompletions> completions = status.completions();
    List<Sample> samples = new ArrayList<>();
    for (QuorumCompletions ofQuorum :
        completions == null ? List.<QuorumCompletions>of() : completions) {
      for (int follower = 0; follower < ofQuorum.followers().size(); follower++) {
        samples.add(
            Sample.of(
                ofQuorum.followers().get(follower).count(),
                "w",
                Integer.toString(ofQuorum.required()),
                "follower",
                leader.followers().get(follower).address()));
      }
    }
    families.counter(
        "quorate_quorum_completions",
        "Writes confirmed by the acknowledgement of this follower, since the leadership began.",
        samples);
  }

  private void log(Measures.OfLog log) {
    LogCounts counts = log.counts();
    families.gauge("quorate_log_bytes", "What the log takes on disk.", counts.logBytes());
    families.gauge(
        "quorate_log_room_bytes",
        "Bytes of writes that surely fit into the log; 0 while the disk is full.",
        log.roomBytes());
    families.gauge(
        "quorate_log_unsettled_bytes",
        "Bytes told to the log and not settled on the disk.",
        counts.queueBytes());
    families.gauge(
        "quorate_snapshot_version", "Of the newest snapshot on disk.", counts.snapshotVersion());
    families.gauge(
        "quorate_snapshot_bytes", "Of the newest snapshot on disk.", counts.snapshotBytes());
    families.histogram(
        "quorate_log_force_seconds",
        "How long forcing the log to the disk took.",
        List.of(new Timed(counts.forces(), Labels.EMPTY)));
  }
}
