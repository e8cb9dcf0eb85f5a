package io.quorate.http;

import io.quorate.core.Life;
import io.quorate.jmh.Expect;
import io.quorate.jmh.LoopThreads;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.LoopbackFollower;
import io.quorate.replication.LoopbackLeader;
import io.quorate.replication.PeerMessages;
import io.quorate.replication.VersionedBytes;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the bytes of a request to the bytes of its answer, through a node's own pipeline and without
 * a socket. What a socket's read costs is in it as one pooled buffer that the request is copied
 * into. 64-byte values, 100 keys in turn.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      LoopThreads.EXECUTOR,
      LoopThreads.EXECUTOR_CLASS,
      LoopThreads.NO_LEAK_DETECTION
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestBenchmark {

  private static final int KEYS = 100;
  private static final int FOLLOWERS = 5;
  private static final int DEPTH = LoopbackLeader.MAX_BATCH;
  private static final String VALUE = "0123456789abcdef".repeat(4);

  /** A connection to a leader with five followers that holds every key. */
  @State(Scope.Thread)
  public static class OnLeader {

    /** Follower acknowledgements that a PUT asks for. */
    @Param("1")
    public int w;

    private final LoopbackLeader leader = new LoopbackLeader(FOLLOWERS);
    private final Connection connection = new Connection(leader);
    private final byte[][] gets = new byte[KEYS][];
    private final byte[][] misses = new byte[KEYS][];
    private final byte[][] puts = new byte[KEYS][];
    private final byte[][] pipelinedGets = new byte[KEYS][];
    private final byte[][] pipelinedPuts = new byte[KEYS][];
    private int next;

    /** Writes every key, and checks what each kind of request is answered. */
    @Setup
    public void open() {
      for (int i = 0; i < KEYS; i++) {
        gets[i] = bytes(get("key-" + i));
        misses[i] = bytes(get("absent-" + i));
        puts[i] = bytes(put(i));
        StringBuilder pipelinedGet = new StringBuilder();
        StringBuilder pipelinedPut = new StringBuilder();
        for (int j = i; j < i + DEPTH; j++) {
          pipelinedGet.append(get("key-" + j % KEYS));
          pipelinedPut.append(put(j % KEYS));
        }
        pipelinedGets[i] = bytes(pipelinedGet.toString());
        pipelinedPuts[i] = bytes(pipelinedPut.toString());
      }
      for (int version = 1; version <= KEYS; version++) {
        expectConfirmed(version);
      }
      connection.send(gets[0]);
      String found = connection.receiveText();
      Expect.beginning("HTTP/1.1 200 OK\r\n", found);
      Expect.end("\r\n\r\n" + VALUE, found);
      connection.send(misses[0]);
      Expect.beginning("HTTP/1.1 404 Not Found\r\n", connection.receiveText());
      connection.send(pipelinedGets[0]);
      Expect.equal(DEPTH, connection.receiveText().split("HTTP/1.1 200 OK", -1).length - 1);
      connection.send(pipelinedPuts[0]);
      leader.turn();
      Expect.equal(DEPTH, connection.receiveText().split("HTTP/1.1 200 OK", -1).length - 1);
    }

    private void expectConfirmed(int version) {
      connection.send(puts[version % KEYS]);
      if (w > 0) {
        Expect.equal("", connection.receiveText());
      }
      leader.turn();
      String answer = connection.receiveText();
      Expect.beginning("HTTP/1.1 200 OK\r\n", answer);
      Expect.equal(true, answer.contains("\"version\":" + version + ","));
      Expect.equal(true, answer.contains("\"acks\":" + w + ","));
    }

    /** Nothing has piled up. */
    @TearDown
    public void expectNothingPending() {
      leader.expectNothingPending();
    }

    private byte[] next(byte[][] requests) {
      next = next + 1 == KEYS ? 0 : next + 1;
      return requests[next];
    }

    private String put(int key) {
      return "PUT /v1/kv/key-"
          + key
          + "?w="
          + w
          + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: "
          + VALUE.length()
          + "\r\n\r\n"
          + VALUE;
    }

    private static String get(String key) {
      return "GET /v1/kv/" + key + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n";
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** A leader's connection to a follower. */
  @State(Scope.Thread)
  public static class OnFollower {

    private static final Life LIFE = new Life(1, 1);

    /** How many mutations a batch holds. */
    @Param({"1", "16"})
    public int mutations;

    private final FollowerReplica follower = LoopbackFollower.start(LIFE);
    private final Connection connection = new Connection(follower);
    private VersionedBytes append;
    private long applied;

    /** Follows the leader, and checks that a batch is applied. */
    @Setup
    public void open() {
      connection.send(PeerMessages.hello());
      Expect.beginning("HTTP/1.1 200 OK\r\n", connection.receiveText());
      append = PeerMessages.append(LIFE, mutations);
      connection.send(append.from(applied + 1));
      applied += mutations;
      Expect.beginning("HTTP/1.1 200 OK\r\n", connection.receiveText());
      expectApplied();
    }

    /** Every batch was applied, and nothing has piled up. */
    @TearDown
    public void expectApplied() {
      Expect.equal((long) mutations, follower.store().keys());
      follower
          .store()
          .entries()
          .forEach(entry -> Expect.equal(true, entry.getValue().version() > applied - mutations));
    }
  }

  /** A confirmed read: 200. */
  @Benchmark
  public int get(OnLeader on) {
    on.connection.send(on.next(on.gets));
    return on.connection.receive();
  }

  /** A read of a key that is not there: 404 with a problem. */
  @Benchmark
  public int getMissing(OnLeader on) {
    on.connection.send(on.next(on.misses));
    return on.connection.receive();
  }

  /** 16 confirmed reads in one read of the socket; counted per read. */
  @Benchmark
  @OperationsPerInvocation(DEPTH)
  public int pipelinedGets(OnLeader on) {
    on.connection.send(on.next(on.pipelinedGets));
    return on.connection.receive();
  }

  /**
   * One PUT with nothing else going on: the dearest case, for its batch is its own. Counted: the
   * pipeline from the request to its answer, the leader's core, the batch encoded once and framed
   * for each of five followers, and the five reports decoded and taken up one by one, all five,
   * though the first of them confirms the write. The value's array, 80 bytes, is in it. Not
   * counted: the HTTP client and the sockets between leader and followers, and the followers.
   */
  @Benchmark
  public int put(OnLeader on) {
    on.connection.send(on.next(on.puts));
    on.leader.turn();
    return on.connection.receive();
  }

  /** The same with 16 PUTs in one read of the socket, and so in one batch; counted per PUT. */
  @Benchmark
  @OperationsPerInvocation(DEPTH)
  public int pipelinedPuts(OnLeader on) {
    on.connection.send(on.next(on.pipelinedPuts));
    on.leader.turn();
    return on.connection.receive();
  }

  /** The follower's side: a batch decoded, applied and reported; counted per batch. */
  @Benchmark
  public int append(OnFollower on) {
    on.connection.send(on.append.from(on.applied + 1));
    on.applied += on.mutations;
    return on.connection.receive();
  }
}
