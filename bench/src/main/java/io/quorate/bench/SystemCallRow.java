package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * System calls of all threads of the leader while it answers PUTs, divided by the PUTs. strace
 * makes each call slow, so that more of them come together: the count is of a loaded leader.
 */
final class SystemCallRow implements Experiment {
  private static final int CONNECTIONS = 64;
  private static final Duration ATTACH_LIMIT = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final String QUORUM = "1";

  @Override
  public Set<Row> rows() {
    return Set.of(Row.SYSTEM_CALLS);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    Rates perPut = new Rates();
    Rates perSecond = new Rates();
    Wrk wrk = new Wrk(bench);
    try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
      NodeUrl url = cluster.leader();
      List<NodeProcess> nodes = cluster.nodes();
      long leader = nodes.get(nodes.size() - 1).pid();
      wrk.run(url, CONNECTIONS, bench.plan().warmup(), Wrk.Script.PUT, QUORUM);
      for (int round = 1; round <= bench.plan().rounds(); round++) {
        bench.say("system calls, round " + round + " of " + bench.plan().rounds());
        Path file = bench.scratch().resolve("strace-" + round + ".txt");
        try (Command strace = attach(bench, leader, file)) {
          WrkReport report = wrk.run(url, CONNECTIONS, bench.plan().turn(), Wrk.Script.PUT, QUORUM);
          if (!strace.isRunning()) {
            throw Refusal.failed(
                "strace ended before the turn did: " + Printed.excerpt(strace.printed()));
          }
          String printed = strace.end();
          perPut.add((double) calls(file, printed) / report.requests());
          perSecond.add(report.perSecond());
        }
      }
    }
    String measured =
        String.format(
            Locale.ROOT,
            "median of %d rounds, strace -c, at the %,.0f writes/s that it leaves; w=%s",
            bench.plan().rounds(),
            perSecond.samples().median(),
            QUORUM);
    results.add(Result.measured(Row.SYSTEM_CALLS, perPut.samples(), measured));
  }

  private static Command attach(Bench bench, long pid, Path file) throws Refusal {
    Command strace =
        Command.start(
            "strace",
            List.of(
                Objects.requireNonNull(Tool.STRACE.find()).toString(),
                "-c",
                "-f",
                "-o",
                file.toString(),
                "-p",
                Long.toString(pid)),
            bench.scratch());
    try {
      long deadlineNanos = System.nanoTime() + ATTACH_LIMIT.toNanos();
      while (!strace.printed().contains(" attached")) {
        if (!strace.isRunning() || System.nanoTime() > deadlineNanos) {
          throw notAttached(strace.printed());
        }
        bench.pause(POLL);
      }
      return strace;
    } catch (Refusal refusal) {
      strace.close();
      throw refusal;
    }
  }

  /** Why strace did not attach, of what it printed. */
  static Refusal notAttached(String printed) {
    return printed.contains("ptrace(")
        ? Refusal.failed("strace may not attach to the leader: " + Printed.excerpt(printed))
        : Printed.unreadable("strace", "'attached'", printed);
  }

  private static long calls(Path file, String printed) throws Refusal {
    try {
      return StraceReport.calls(Files.readString(file));
    } catch (IOException missing) {
      throw Printed.unreadable("strace", "table of calls", printed);
    }
  }
}
