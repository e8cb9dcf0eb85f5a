package io.quorate.bench;

import io.quorate.loadgen.JsonObject;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How fast a follower becomes level with its leader, after it was killed and half of all entries
 * were written without it, and after its disk was wiped. From its first answer on, so that the time
 * a leader takes to try again counts, and reading its own log does not. It forces all that it
 * takes; the others do not, for they are only filled.
 */
final class CatchUpRows implements Experiment {
  private static final int FOLLOWERS = 2;
  private static final Duration LEVEL_LIMIT = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** A cluster of which nodes are killed; the last follower is the one. */
  private record Nodes(LastingNode leader, List<LastingNode> followers) implements AutoCloseable {

    static Nodes of(Bench bench, Path data) throws Refusal {
      List<Integer> ports = Ports.free(FOLLOWERS + 1);
      List<LastingNode> followers = new ArrayList<>();
      for (int at = 1; at <= FOLLOWERS; at++) {
        String name = "lasting-follower-" + at;
        String fsync = at == FOLLOWERS ? "always" : "never";
        Map<String, String> role = Map.of("ROLE", "follower", "FSYNC", fsync);
        followers.add(new LastingNode(bench, name, ports.get(at), data.resolve(name), role));
      }
      String urls =
          String.join(",", followers.stream().map(each -> each.url().toString()).toList());
      Map<String, String> role = Map.of("ROLE", "leader", "FOLLOWER_URLS", urls, "FSYNC", "never");
      LastingNode leader =
          new LastingNode(bench, "lasting-leader", ports.get(0), data.resolve("leader"), role);
      return new Nodes(leader, followers);
    }

    void start() throws Refusal {
      for (LastingNode follower : followers) {
        follower.start(Map.of());
      }
      leader.startReady(Map.of());
    }

    LastingNode lagging() {
      return followers.get(FOLLOWERS - 1);
    }

    @Override
    public void close() {
      followers.forEach(LastingNode::close);
      leader.close();
    }
  }

  /** Entries, the seconds they took, and the bytes they were sent in. */
  private record Course(long entries, double seconds, long sentBytes) {
    double perSecond() {
      return entries / seconds;
    }
  }

  @Override
  public Set<Row> rows() {
    return Set.of(Row.CATCH_UP, Row.CATCH_UP_WIPED);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    try (Scratch kept = Scratch.below(bench.disk());
        Nodes nodes = Nodes.of(bench, kept.directory())) {
      nodes.start();
      NodeUrl leader = nodes.leader().url();
      long keys = bench.plan().keys();
      bench.say("filling a leader of two followers with " + keys + " keys");
      Filling.fill(bench, leader, 1, keys / 2);
      awaitLevel(bench, nodes);
      nodes.lagging().kill();
      Filling.fill(bench, leader, 1, keys);
      Course down = course(bench, nodes, bench.keys(leader) - keys / 2);
      if (wanted.contains(Row.CATCH_UP)) {
        results.add(result(Row.CATCH_UP, List.of(down)));
      }
      if (wanted.contains(Row.CATCH_UP_WIPED)) {
        results.add(result(Row.CATCH_UP_WIPED, wiped(bench, nodes)));
      }
    }
  }

  private static List<Course> wiped(Bench bench, Nodes nodes) throws Refusal {
    List<Course> courses = new ArrayList<>();
    for (int round = 1; round <= bench.plan().rounds(); round++) {
      bench.say("wiped follower, round " + round + " of " + bench.plan().rounds());
      nodes.lagging().kill();
      wipe(nodes.lagging().data());
      courses.add(course(bench, nodes, bench.keys(nodes.leader().url())));
    }
    return courses;
  }

  private static void wipe(Path data) throws Refusal {
    new Scratch(data).close();
    try (Stream<Path> left = Files.exists(data) ? Files.list(data) : Stream.empty()) {
      if (left.findAny().isPresent()) {
        throw Refusal.failed(data + " cannot be wiped");
      }
    } catch (IOException failed) {
      throw Refusal.failed(data + " cannot be wiped: " + failed);
    }
  }

  /** Starts the one that is behind, and waits until it is level. */
  private static Course course(Bench bench, Nodes nodes, long entries) throws Refusal {
    NodeUrl leader = nodes.leader().url();
    NodeUrl follower = nodes.lagging().url();
    long sentBefore = sentBytes(bench.status(leader), follower);
    nodes.lagging().startAnswering();
    long startNanos = System.nanoTime();
    awaitLevel(bench, nodes);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    long sentAfter = sentBytes(bench.status(leader), follower);
    return new Course(entries, seconds, since(sentBefore, sentAfter));
  }

  /** A count that a new session begins anew is all of it. */
  static long since(long before, long after) {
    return after >= before ? after - before : after;
  }

  private static void awaitLevel(Bench bench, Nodes nodes) throws Refusal {
    long deadlineNanos = System.nanoTime() + LEVEL_LIMIT.toNanos();
    while (!isLevel(bench, nodes)) {
      String ended = nodes.lagging().ended();
      if (ended != null) {
        throw Refusal.failed(ended);
      }
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            nodes.lagging().url() + " is not level after " + LEVEL_LIMIT.toSeconds() + " s");
      }
      bench.pause(POLL);
    }
  }

  private static boolean isLevel(Bench bench, Nodes nodes) throws Refusal {
    NodeUrl leader = nodes.leader().url();
    NodeUrl follower = nodes.lagging().url();
    return bench.told(follower, "applied_version") >= bench.told(leader, "last_version")
        && bench.keys(follower) >= bench.keys(leader);
  }

  /** How many bytes a leader says that it sent to a follower. */
  static long sentBytes(JsonObject leaderStatus, NodeUrl follower) throws Refusal {
    List<JsonObject> followers = leaderStatus.objects("followers");
    for (JsonObject each : followers == null ? List.<JsonObject>of() : followers) {
      Long sent = each.whole("sent_bytes");
      if (follower.toString().equals(each.text("url")) && sent != null) {
        return sent;
      }
    }
    throw Refusal.failed("the leader tells no sent_bytes of " + follower);
  }

  private static Result result(Row row, List<Course> courses) {
    Samples perSecond = new Samples(courses.stream().map(Course::perSecond).toList());
    Course last = courses.get(courses.size() - 1);
    String measured =
        String.format(
            Locale.ROOT,
            "%s, from its first answer until it is level, FSYNC=always; %,d entries in %.2f s, %.1f MB sent, %.0f B"
                + " each",
            courses.size() == 1 ? "one sample" : "median of " + courses.size() + " times",
            last.entries(),
            last.seconds(),
            last.sentBytes() / BYTES_PER_MEGABYTE,
            (double) last.sentBytes() / last.entries());
    return Result.measured(row, perSecond, measured);
  }
}
