package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One operation against one node, as fast as it goes: to be held beside other generators. */
@Command(
    name = "drive",
    description = {
      "Reads or writes keys of one node as fast as it answers: a closed loop, for capacity. Prints"
          + " requests per second and latency; proves nothing.",
      "Exit status: 0 when every request was answered as it should be, 1 when not, 2 for bad"
          + " input.",
      ""
    })
final class DriveCommand implements Callable<Integer> {
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_KEYS = 100_000;
  private static final int MOST_VALUE_BYTES = 1 << 20;
  private static final int MOST_FOLLOWERS = 1_000;
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(10);
  private static final long SEED = 1;

  private final Surroundings surroundings;

  @Option(names = "--url", paramLabel = "URL", required = true, description = "the node")
  private String url = "";

  @Option(names = "--put", description = "write; without it: read, keys that are written first")
  private boolean put;

  @Option(
      names = "--quorum",
      paramLabel = "W",
      description = "followers that must confirm a write (default: as the leader is set)")
  private @Nullable String quorum;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "how many connections (default ${DEFAULT-VALUE})")
  private String connections = "20";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "how long to measure (default ${DEFAULT-VALUE})")
  private String duration = "10s";

  @Option(
      names = "--warmup",
      paramLabel = "TIME",
      description = "how long to send before that (default ${DEFAULT-VALUE})")
  private String warmup = "5s";

  @Option(
      names = "--keys",
      paramLabel = "N",
      description = "how many keys (default ${DEFAULT-VALUE})")
  private String keys = "1";

  @Option(
      names = "--value-bytes",
      paramLabel = "N",
      description = "length of a value (default ${DEFAULT-VALUE})")
  private String valueBytes = "64";

  DriveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal {
    NodeUrl node = Flags.url("--url", url);
    int lanes = Flags.whole("--connections", connections, 1, MOST_CONNECTIONS);
    Duration measured = Flags.duration("--duration", duration, LONGEST);
    Duration before = Flags.durationOrNone("--warmup", warmup);
    Integer w =
        quorum == null ? null : (Integer) Flags.whole("--quorum", quorum, 0, MOST_FOLLOWERS);
    int keyCount = Flags.whole("--keys", keys, 1, MOST_KEYS);
    int length =
        Flags.whole("--value-bytes", valueBytes, Workload.LEAST_VALUE_BYTES, MOST_VALUE_BYTES);
    Workload workload =
        new Workload(SEED, KeyChoice.uniform(keyCount), length, length, put ? 0 : keyCount);
    try (HttpClient client = new HttpClient()) {
      new StatusReader(client).givenLeader("--url", node);
      return drive(client, node, lanes, w, workload, before, measured);
    }
  }

  private int drive(
      HttpClient client,
      NodeUrl node,
      int lanes,
      @Nullable Integer w,
      Workload workload,
      Duration before,
      Duration length)
      throws Refusal {
    WriteLog log = new WriteLog(workload);
    if (!put) {
      Traffic.Shape writing = new Traffic.Shape(node, List.of(), 1, Mix.WRITES, w, TIMEOUT);
      try (Traffic traffic = new Traffic(client, writing, log)) {
        run(traffic, Quota.ofWrites(workload.keys().keys()));
      }
    }
    Mix mix = put ? Mix.WRITES : new Mix(1, Sweep.ReadFrom.LEADER);
    Traffic.Shape shape = new Traffic.Shape(node, List.of(), lanes, mix, w, TIMEOUT);
    try (Traffic traffic = new Traffic(client, shape, log)) {
      if (!before.isZero()) {
        run(traffic, Quota.lasting(before));
      }
      return print(run(traffic, Quota.lasting(length)), length);
    }
  }

  private PassRecording run(Traffic traffic, Quota quota) throws Refusal {
    PassRecording recording = new PassRecording();
    ProgressLine progress = new ProgressLine(surroundings.out(), surroundings.terminal());
    RunWatch watch = new RunWatch(surroundings.stop(), progress, () -> null, SILENCE_LIMIT);
    String label = put ? "PUT" : "GET";
    String cutShort =
        watch.await(
            traffic.closed(quota, recording),
            recording,
            label,
            seconds -> RunLine.ofUnmeasured(label, recording, seconds),
            () -> false,
            traffic::end);
    if (cutShort != null) {
      throw Refusal.failed(cutShort);
    }
    return recording;
  }

  private int print(PassRecording recording, Duration length) {
    PrintStream out = surroundings.out();
    Histogram nanos = (put ? recording.writes() : recording.reads()).histogram();
    boolean few = Figures.isFew(nanos, 50) || Figures.isFew(nanos, 99);
    out.printf(
        Locale.ROOT,
        "closed loop, %s: %.0f requests/s, p50 %s ms, p99 %s ms, max %.3f ms, %d failed%n",
        put ? "PUT" : "GET",
        recording.count() / (length.toNanos() / 1e9),
        Figures.shown(nanos, 50),
        Figures.shown(nanos, 99),
        nanos.getMaxValue() / 1e6,
        recording.failed());
    if (few) {
      out.println(ResultTable.FEW);
    }
    recording.failures().forEach(line -> out.println("failed: " + line));
    return recording.failed() == 0 ? 0 : Refusal.FAILED;
  }
}
