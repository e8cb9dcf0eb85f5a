package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures what each write quorum costs and carries, then proves that the replicas agree. */
@Command(
    name = "sweep",
    description = {
      "Writes at each write quorum from 1 to the number of followers, prints and draws the latency"
          + " of each, and proves that every follower holds exactly what the leader holds.",
      "Each quorum has two passes, both closed loops, in which a connection sends its next request"
          + " when the last is answered: 'light', one connection (what the quorum costs), and"
          + " 'loaded', many (what the cluster carries). With --rate it has one, an open loop. At zero"
          + " lag the light or open ones are repeated as a baseline.",
      "Exit status: 0 when every pass came to its end, every write was confirmed and every"
          + " follower converged, 1 when not,"
          + " 2 for bad input.",
      ""
    })
final class SweepCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final SweepFlags flags = new SweepFlags();

  SweepCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal {
    SweepSettings settings = flags.settings();
    SweepDirectory directory = SweepDirectory.at(settings.out());
    try (HttpClient client = new HttpClient();
        directory) {
      NodeUrl leader = settings.leader();
      if (leader != null) {
        return sweep(settings, directory, client, leader, null);
      }
      directory.make();
      surroundings
          .out()
          .println("starting a leader and " + settings.followers() + " followers on loopback");
      LocalCluster.Shape shape =
          new LocalCluster.Shape(
              settings.followers(),
              null,
              settings.delays(),
              LocalCluster.ANY_PORT,
              directory.nodeLogs());
      try (LocalCluster cluster = LocalCluster.start(shape, client, surroundings)) {
        return sweep(settings, directory, client, cluster.leader(), cluster);
      }
    }
  }

  private int sweep(
      SweepSettings settings,
      SweepDirectory directory,
      HttpClient client,
      NodeUrl leader,
      @Nullable LocalCluster own)
      throws Refusal {
    StatusReader reader = new StatusReader(client);
    NodeStatus status =
        own == null ? reader.givenLeader(SweepFlags.LEADER, leader) : reader.ownLeader(leader);
    Set<Integer> quorums = quorums(settings, leader, status.followers().size());
    directory.make();
    WriteLog log = new WriteLog(settings.workload());
    SweepRun run = new SweepRun(client, leader, status, settings, log, surroundings, own);
    boolean baseline = settings.hasBaseline(status.maxDelayMs() > 0);
    SweepReport report =
        new SweepReport(
            surroundings.out(),
            directory,
            typed(),
            SettingsText.of(settings, leader, status),
            SettingsText.machine(status, own != null),
            new SweepResults(settings),
            run.completers());
    report.printHeader(quorums, baseline);
    String cutShort =
        run.measure(Pass.all(settings.loads(), quorums, settings.rounds(), baseline), report::add);
    Sweep.Proof proof = null;
    if (cutShort == null) {
      List<NodeUrl> followers = status.followers().stream().map(NodeStatus.Follower::url).toList();
      proof = new Proof(client, log).check(leader, followers, surroundings.stop());
    }
    String incomplete = incomplete(cutShort, run);
    report.end(incomplete, proof, run.failures());
    boolean proven = proof != null && proof.converged() && log.unconfirmedWrites() == 0;
    return proven && incomplete == null && run.isLagSetBack() ? 0 : Refusal.FAILED;
  }

  private @Nullable String incomplete(@Nullable String cutShort, SweepRun run) {
    if (cutShort == null && surroundings.stop().isRequested()) {
      return StopSignal.STOPPED + " during the proof";
    }
    return cutShort == null && !run.passesCutShort().isEmpty()
        ? String.join("; ", run.passesCutShort())
        : cutShort;
  }

  /** The words that this command was called with. */
  private List<String> typed() {
    List<String> words = new ArrayList<>(List.of("loadgen"));
    words.addAll(spec.root().commandLine().getParseResult().originalArgs());
    return words;
  }

  private static Set<Integer> quorums(SweepSettings settings, NodeUrl leader, int followers)
      throws Refusal {
    if (followers == 0) {
      throw Refusal.badInput(
          SweepFlags.LEADER + ": " + leader + " has no followers: a sweep takes at least one");
    }
    String asked = settings.quorums();
    return Flags.quorums("--quorums", asked == null ? "1-" + followers : asked, followers);
  }
}
