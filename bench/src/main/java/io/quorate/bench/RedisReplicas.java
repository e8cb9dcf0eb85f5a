package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A Redis primary and its replicas, nothing of them on disk. */
final class RedisReplicas implements AutoCloseable {
  private static final Duration LINK_LIMIT = Duration.ofSeconds(30);
  private static final int ANSWER_LIMIT_MILLIS = 2_000;

  private final Servers servers;
  private final int port;

  private RedisReplicas(Servers servers, int port) {
    this.servers = servers;
    this.port = port;
  }

  /** Starts them and waits until every replica is linked. */
  static RedisReplicas start(Bench bench, int replicas) throws Refusal {
    List<Integer> ports = Ports.free(replicas + 1);
    RedisReplicas started = new RedisReplicas(new Servers(), ports.get(0));
    try {
      for (int at = 0; at <= replicas; at++) {
        NodeProcess server =
            started.servers.add(bench.server("redis-" + at, command(bench, ports, at)));
        bench.awaitAccepting(server, ports.get(at));
      }
      started.awaitLinked(bench, replicas);
      return started;
    } catch (Refusal refusal) {
      started.close();
      throw refusal;
    }
  }

  private static List<String> command(Bench bench, List<Integer> ports, int at) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Objects.requireNonNull(Tool.REDIS.find()).toString(),
                "--port",
                ports.get(at).toString(),
                "--bind",
                LocalCluster.HOST,
                "--save",
                "",
                "--appendonly",
                "no",
                "--repl-diskless-sync-delay",
                "0",
                "--dir",
                bench.scratch().toString()));
    if (at > 0) {
      command.addAll(List.of("--replicaof", LocalCluster.HOST, ports.get(0).toString()));
    }
    return command;
  }

  /** {@code WAIT} answers how many replicas have what was written before it. */
  private void awaitLinked(Bench bench, int replicas) throws Refusal {
    long deadlineNanos = System.nanoTime() + LINK_LIMIT.toNanos();
    while (!(":" + replicas).equals(answerTo("SET key-0000 x", "WAIT " + replicas + " 500"))) {
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            "redis-server: not all replicas linked within " + LINK_LIMIT.toSeconds() + " s");
      }
      bench.pause(Duration.ofMillis(100));
    }
  }

  private String answerTo(String first, String second) throws Refusal {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_LIMIT_MILLIS);
      String both = first + "\r\n" + second + "\r\n";
      socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      answers.readLine();
      return String.valueOf(answers.readLine());
    } catch (IOException failed) {
      throw Refusal.failed("redis-server: " + failed.getMessage());
    }
  }

  /** Of the primary. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    servers.close();
  }
}
