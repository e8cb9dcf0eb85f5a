package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import io.quorate.it.history.Operation;
import io.quorate.it.history.Operation.Kind;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Reads keys drawn at random of every node, a client per node, until stopped, and records what they
 * show: {@code local} reads of each node, and {@code confirmed} ones of whoever may lead. A node
 * that does not answer is asked again.
 */
final class Readers implements AutoCloseable {

  /** So long is a node waited for that is paused or cut off. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private static final int KEYS_AT_ONCE = 10;
  private static final long PAUSE_NANOS = 50_000_000;
  private static final long END_LIMIT_SECONDS = 20;

  private final WriteLoad.Shape shape;
  private final History history;
  private final ExecutorService clients;
  private final List<Future<?>> running = new ArrayList<>();

  /** Local reads recorded, by the node's name. */
  private final Map<String, AtomicInteger> seen = new LinkedHashMap<>();

  private volatile boolean stopping;

  private Readers(int nodes, WriteLoad.Shape shape, History history) {
    this.shape = shape;
    this.history = history;
    this.clients = Executors.newFixedThreadPool(nodes);
  }

  /**
   * @param shape whose keys are read
   */
  static Readers start(Cluster cluster, WriteLoad.Shape shape, History history) {
    return start(cluster, shape, history, node -> node == cluster.leader());
  }

  /** With confirmed reads of whichever node answers them: any may come to lead. */
  static Readers ofAnyLeader(Cluster cluster, WriteLoad.Shape shape, History history) {
    return start(cluster, shape, history, node -> true);
  }

  private static Readers start(
      Cluster cluster, WriteLoad.Shape shape, History history, Predicate<NodeHandle> mayLead) {
    List<NodeHandle> nodes = cluster.nodes();
    Readers readers = new Readers(nodes.size(), shape, history);
    nodes.forEach(node -> readers.seen.put(node.name(), new AtomicInteger()));
    for (NodeHandle node : nodes) {
      boolean leads = mayLead.test(node);
      SplittableRandom random = new SplittableRandom(shape.seed() - 1 - readers.running.size());
      readers.running.add(readers.clients.submit(() -> readers.poll(node, leads, random)));
    }
    return readers;
  }

  private void poll(NodeHandle node, boolean leads, SplittableRandom random) {
    Batch batch = new Batch("", new ArrayList<>());
    boolean last;
    do {
      last = stopping;
      try {
        batch = next(batch, node, leads, random, last);
      } catch (UncheckedIOException unanswered) {
        // Expected of a node that is down, paused or cut off: nothing more was shown.
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (!last);
  }

  /**
   * Local reads that were answered after the node had named its incarnation and epoch, and not
   * placed yet.
   */
  private record Batch(String incarnation, List<Operation> local) {}

  /**
   * A local read is of the incarnation and epoch that the node names before and after it, however
   * long it takes to answer again. When the two are not the same, nothing tells which one answered,
   * and the reads are dropped.
   *
   * @param before its reads are recorded here, or dropped
   * @param last whether no more is to be read
   * @return what was read
   */
  private Batch next(
      Batch before, NodeHandle node, boolean leads, SplittableRandom random, boolean last) {
    Reader reader = new Reader(node, LIMIT, history);
    String incarnation = reader.incarnation().orElse("");
    if (incarnation.equals(before.incarnation())) {
      before.local().forEach(history::add);
      seenOf(node).addAndGet(before.local().size());
    }
    before.local().clear();
    Batch batch = new Batch(incarnation, new ArrayList<>());
    if (!incarnation.isEmpty() && !last) {
      try {
        read(batch, reader, leads, random);
      } catch (UncheckedIOException unanswered) {
        // What was answered before counts all the same.
      }
    }
    return batch;
  }

  private void read(Batch batch, Reader reader, boolean leads, SplittableRandom random) {
    for (int count = 0; count < KEYS_AT_ONCE && !stopping; count++) {
      String key = shape.key(random);
      reader.read(key, Kind.LOCAL_READ, batch.incarnation()).ifPresent(batch.local()::add);
      if (leads) {
        reader.read(key, Kind.CONFIRMED_READ, batch.incarnation()).ifPresent(history::add);
      }
    }
  }

  private AtomicInteger seenOf(NodeHandle node) {
    return Objects.requireNonNull(seen.get(node.name()));
  }

  /** Waits until the node has answered so many more local reads. */
  void awaitReads(NodeHandle node, int more) {
    AtomicInteger count = seenOf(node);
    int before = count.get();
    Eventually.asserted(
        () ->
            assertThat(count.get())
                .as("local reads of %s", node.name())
                .isGreaterThanOrEqualTo(before + more));
  }

  /** Lets each client end its read and waits for that; each node must have been seen. */
  void stop() {
    stopping = true;
    for (Future<?> client : running) {
      try {
        client.get(END_LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException failed) {
        throw new AssertionError("a reader did not get through", failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while readers were to end", interrupted);
      }
    }
    seen.forEach((node, reads) -> assertThat(reads.get()).as("reads of %s", node).isPositive());
  }

  @Override
  public void close() {
    stopping = true;
    clients.shutdownNow();
  }
}
