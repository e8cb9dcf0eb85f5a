package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeCommand;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures how throughput and p99 of GET and PUT w=1 grow, a turn a point. */
final class Scaling {
  private static final long[] CONNECTIONS = {1, 4, 16, 32, 64, 256, 1_000};
  private static final long[] VALUE_BYTES = {0, 64, 1 << 10, 16 << 10, 128 << 10, 1 << 20};
  private static final long[] KEYS = {100, 10_000, 1_000_000, 5_000_000};
  private static final long[] FOLLOWERS = {0, 1, 2, 3, 5, 7, 9};
  private static final long[] LOOPS = {1, 2};
  private static final int USUAL_KEYS = 100;
  private static final int USUAL_BYTES = 64;

  /** Of large values so many keys do, and the nodes need not hold a hundred. */
  private static final int LARGE_VALUE_KEYS = 10;

  private static final int LARGE_VALUE_BYTES = 16 << 10;

  /** All of it from the start: growing costs full collections. */
  private static final List<String> HEAP_OF_MANY_KEYS = List.of("-Xms3g", "-Xmx3g");

  private static final int FOLLOWERS_OF_MANY_KEYS = 1;

  /** What one point is measured with. */
  private record Load(int connections, int valueBytes, long keys) {
    static final Load USUAL = new Load(Wrk.CONNECTIONS, USUAL_BYTES, USUAL_KEYS);
  }

  private final Bench bench;
  private final Wrk wrk;

  Scaling(Bench bench) {
    this.bench = bench;
    wrk = new Wrk(bench);
  }

  /**
   * All curves. One that breaks ends with a point that says so, and the others go on; once the user
   * stops us, those that are left are not begun.
   *
   * @throws Refusal when wrk is missing
   */
  List<Growth> measure() throws Refusal {
    if (Tool.WRK.find() == null) {
      throw Refusal.failed("--scaling: " + Tool.WRK.missing());
    }
    List<Growth> growths = new ArrayList<>();
    for (Supplier<Growth> curve :
        List.<Supplier<Growth>>of(
            this::connections, this::valueBytes, this::followers, this::loops, this::keys)) {
      if (!bench.surroundings().stop().isRequested()) {
        growths.add(curve.get());
      }
    }
    return growths;
  }

  /** Measures the points of a curve in their order, and adds each when it is there. */
  interface Course {
    void measure(List<Growth.Point> points) throws Refusal;
  }

  /** What a course measures, and where it broke if it did. */
  static List<Growth.Point> points(String grows, long[] all, Course course) {
    List<Growth.Point> points = new ArrayList<>();
    try {
      course.measure(points);
    } catch (Refusal refusal) {
      long at = all[Math.min(points.size(), all.length - 1)];
      points.add(new Growth.Point(at, null, null, grows + " " + at + ": " + refusal.line()));
    }
    return points;
  }

  private Growth connections() {
    Course course =
        points -> {
          try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
            warm(cluster, 1);
            for (long each : CONNECTIONS) {
              Load load = new Load((int) each, USUAL_BYTES, USUAL_KEYS);
              points.add(point("connections", each, cluster, load, 1));
            }
          }
        };
    return new Growth(
        "connections",
        "connections",
        "five followers, 64 bytes, 100 keys",
        points("connections", CONNECTIONS, course));
  }

  private Growth valueBytes() {
    Course course =
        points -> {
          try (LocalCluster cluster = bench.cluster(Bench.FOLLOWERS)) {
            warm(cluster, 1);
            for (long each : VALUE_BYTES) {
              int keys = each > LARGE_VALUE_BYTES ? LARGE_VALUE_KEYS : USUAL_KEYS;
              Load load = new Load(Wrk.CONNECTIONS, (int) each, keys);
              points.add(point("value bytes", each, cluster, load, 1));
            }
          }
        };
    return new Growth(
        "value-bytes",
        "value (bytes)",
        "five followers, 32 connections, 10 to 100 keys",
        points("value bytes", VALUE_BYTES, course));
  }

  private Growth followers() {
    Course course =
        points -> {
          for (long each : FOLLOWERS) {
            int quorum = each == 0 ? 0 : 1;
            try (LocalCluster cluster = bench.cluster((int) each)) {
              warm(cluster, quorum);
              points.add(point("followers", each, cluster, Load.USUAL, quorum));
            }
          }
        };
    return new Growth(
        "followers",
        "followers",
        "32 connections, 64 bytes, 100 keys; w=0 without any",
        points("followers", FOLLOWERS, course));
  }

  private Growth loops() {
    Course course =
        points -> {
          for (long each : LOOPS) {
            Map<String, String> variables = Map.of("EVENT_LOOPS", Long.toString(each));
            try (LocalCluster cluster =
                bench.cluster(Bench.FOLLOWERS, variables, bench.surroundings())) {
              warm(cluster, 1);
              points.add(point("event loops", each, cluster, Load.USUAL, 1));
            }
          }
        };
    return new Growth(
        "event-loops",
        "event loops of every node",
        "five followers, 32 connections, 64 bytes, 100 keys",
        points("event loops", LOOPS, course));
  }

  private Growth keys() {
    Surroundings usual = bench.surroundings();
    Surroundings roomy =
        new Surroundings(
            usual.out(),
            usual.terminal(),
            usual.stop(),
            NodeCommand.withOptions(NodeCommand.NODE_MAIN, HEAP_OF_MANY_KEYS));
    Course course =
        points -> {
          try (LocalCluster cluster = bench.cluster(FOLLOWERS_OF_MANY_KEYS, Map.of(), roomy)) {
            warm(cluster, 1);
            for (long each : KEYS) {
              bench.say("filling to " + each + " keys");
              Filling.fill(bench, cluster.leader(), 1, each);
              Load load = new Load(Wrk.CONNECTIONS, USUAL_BYTES, each);
              points.add(point("keys", each, cluster, load, 1));
            }
          }
        };
    return new Growth(
        "keys", "keys", "one follower, 32 connections, 64 bytes", points("keys", KEYS, course));
  }

  private void warm(LocalCluster cluster, int quorum) throws Refusal {
    Duration half = bench.plan().warmup().dividedBy(2);
    wrk.puts(cluster.leader(), quorum, half);
    wrk.gets(cluster.leader(), 1, half);
  }

  private Growth.Point point(String grows, long at, LocalCluster cluster, Load load, int quorum)
      throws Refusal {
    bench.say(grows + ": " + at);
    NodeUrl leader = cluster.leader();
    WrkReport put = null;
    try {
      put = puts(leader, load, quorum);
      return new Growth.Point(at, gets(leader, load), put, null);
    } catch (Refusal refusal) {
      String ended = cluster.ended();
      if (bench.surroundings().stop().isRequested() || ended != null) {
        throw ended == null ? refusal : Refusal.failed(ended);
      }
      return new Growth.Point(at, null, put, grows + " " + at + ": " + refusal.line());
    }
  }

  private WrkReport puts(NodeUrl leader, Load load, int quorum) throws Refusal {
    return wrk.run(
        leader,
        load.connections(),
        bench.plan().turn(),
        Wrk.Script.PUT,
        Integer.toString(quorum),
        Integer.toString(load.valueBytes()),
        Long.toString(load.keys()));
  }

  private WrkReport gets(NodeUrl leader, Load load) throws Refusal {
    return wrk.run(
        leader,
        load.connections(),
        bench.plan().turn(),
        Wrk.Script.GET,
        "1",
        Long.toString(load.keys()));
  }
}
