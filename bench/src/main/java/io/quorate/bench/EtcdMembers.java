package io.quorate.bench;

import io.quorate.loadgen.Answer;
import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An etcd cluster as it comes: every write is forced to the disk of a majority. */
final class EtcdMembers implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Servers servers = new Servers();
  private final List<NodeUrl> members;
  private final List<NodeUrl> peers;

  private EtcdMembers(List<Integer> ports) {
    int count = ports.size() / 2;
    members = urls(ports.subList(0, count));
    peers = urls(ports.subList(count, ports.size()));
  }

  private static List<NodeUrl> urls(List<Integer> ports) {
    return ports.stream().map(port -> new NodeUrl(LocalCluster.HOST, port)).toList();
  }

  /**
   * Starts them and waits until every member says that it is healthy.
   *
   * @param data where each makes a directory of its own
   */
  static EtcdMembers start(Bench bench, int count, Path data) throws Refusal {
    EtcdMembers started = new EtcdMembers(Ports.free(2 * count));
    try {
      for (int at = 0; at < count; at++) {
        started.servers.add(bench.server("etcd-" + at, started.command(data, at)));
      }
      started.awaitHealthy(bench);
      return started;
    } catch (Refusal refusal) {
      started.close();
      throw refusal;
    }
  }

  private List<String> command(Path data, int at) {
    String peer = peers.get(at).toString();
    String member = members.get(at).toString();
    String all =
        IntStream.range(0, peers.size())
            .mapToObj(each -> "member-" + each + "=" + peers.get(each))
            .collect(Collectors.joining(","));
    return List.of(
        Objects.requireNonNull(Tool.ETCD.find()).toString(),
        "--name=member-" + at,
        "--data-dir=" + data.resolve("etcd-" + at),
        "--listen-client-urls=" + member,
        "--advertise-client-urls=" + member,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=" + all,
        "--log-level=error");
  }

  private void awaitHealthy(Bench bench) throws Refusal {
    long deadlineNanos = System.nanoTime() + START_LIMIT.toNanos();
    for (NodeUrl member : members) {
      while (bench.client().ask(member, Request.get("/health"), ANSWER_LIMIT).status()
          != Answer.OK) {
        if (System.nanoTime() > deadlineNanos) {
          throw Refusal.failed(
              "etcd: " + member + " is not healthy after " + START_LIMIT.toSeconds() + " s");
        }
        bench.pause(Duration.ofMillis(100));
      }
    }
  }

  /** Where each takes requests. */
  List<NodeUrl> members() {
    return members;
  }

  @Override
  public void close() {
    servers.close();
  }
}
