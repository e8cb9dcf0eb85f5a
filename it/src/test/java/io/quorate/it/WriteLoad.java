package io.quorate.it;

import io.quorate.it.history.History;
import io.quorate.it.history.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that write keys drawn at random, each its next write as soon as the last was answered,
 * until they have written enough or are stopped. Keeps what was answered, and records it in a
 * history. A client whose write fails waits a moment and goes on.
 */
final class WriteLoad implements AutoCloseable {

  private static final long END_LIMIT_SECONDS = 100;
  private static final long PAUSE_NANOS = 20_000_000;

  /**
   * What is written.
   *
   * @param writes of all clients together
   * @param quorums each write draws one
   * @param deletePercent how many of a hundred writes are deletes
   * @param seed of keys, quorums and deletes
   */
  record Shape(
      String keyPrefix,
      int keys,
      int clients,
      long writes,
      List<Integer> quorums,
      int deletePercent,
      long seed) {

    /** With a seed that is printed, so that what was drawn can be drawn again. */
    static Shape of(String keyPrefix, int keys, int clients, Integer... quorums) {
      long seed = System.nanoTime();
      System.out.println("seed of the writes to " + keyPrefix + ": " + seed);
      return new Shape(keyPrefix, keys, clients, Long.MAX_VALUE, List.of(quorums), 0, seed);
    }

    /** One of the keys, drawn. */
    String key(SplittableRandom random) {
      return keyPrefix + random.nextInt(keys);
    }

    Shape withWrites(long count) {
      return new Shape(keyPrefix, keys, clients, count, quorums, deletePercent, seed);
    }

    Shape withDeletes(int percent) {
      return new Shape(keyPrefix, keys, clients, writes, quorums, percent, seed);
    }
  }

  /** A write that was answered 200: what the key holds from then on, nothing after a delete. */
  private record Confirmed(Token token, Optional<Held> left) {}

  private final Writer leader;
  private final Shape shape;
  private final ExecutorService clients;
  private final List<Future<?>> running = new ArrayList<>();
  private final AtomicLong begun = new AtomicLong();
  private final Queue<Long> versions = new ConcurrentLinkedQueue<>();
  private final Queue<Written> failures = new ConcurrentLinkedQueue<>();
  private final Map<String, Confirmed> newest = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  private WriteLoad(Writer leader, Shape shape) {
    this.leader = leader;
    this.shape = shape;
    this.clients = Executors.newFixedThreadPool(shape.clients());
  }

  static WriteLoad start(Writable leader, Shape shape, History history) {
    WriteLoad load = new WriteLoad(new Writer(leader, history), shape);
    for (int client = 0; client < shape.clients(); client++) {
      SplittableRandom random = new SplittableRandom(shape.seed() + client);
      load.running.add(load.clients.submit(() -> load.write(random)));
    }
    return load;
  }

  private void write(SplittableRandom random) {
    while (!stopping) {
      long number = begun.getAndIncrement();
      if (number >= shape.writes()) {
        return;
      }
      String key = shape.key(random);
      String query = "w=" + shape.quorums().get(random.nextInt(shape.quorums().size()));
      if (random.nextInt(100) < shape.deletePercent()) {
        note(key, leader.delete(key, query), Optional.empty());
      } else {
        String value = "write " + number + " of seed " + shape.seed();
        note(key, leader.put(key, value, query), Optional.of(value));
      }
    }
  }

  private void note(String key, Written answer, Optional<String> value) {
    if (answer.status() != 200) {
      failures.add(answer);
      LockSupport.parkNanos(PAUSE_NANOS);
      return;
    }
    versions.add(answer.version());
    Optional<Held> left = value.map(written -> new Held(written, answer.epoch(), answer.version()));
    newest.merge(
        key,
        new Confirmed(new Token(answer.epoch(), answer.version()), left),
        (known, other) -> known.token().compareTo(other.token()) > 0 ? known : other);
  }

  /** The versions of all writes answered 200, in the order of their answers. */
  List<Long> versions() {
    return List.copyOf(versions);
  }

  /** All writes that were not answered 200, or not answered. */
  List<Written> failures() {
    return List.copyOf(failures);
  }

  /**
   * What each written key must hold once nobody writes, if no write failed: the newest that was
   * answered 200.
   */
  Map<String, Optional<Held>> newest() {
    Map<String, Optional<Held>> left = new ConcurrentHashMap<>();
    newest.forEach((key, confirmed) -> left.put(key, confirmed.left()));
    return left;
  }

  /** Waits until so many more writes have been answered 200. */
  void awaitConfirmed(int more) {
    int before = versions.size();
    Eventually.present(
        more + " more writes are confirmed; failed: " + failures,
        () -> versions.size() >= before + more ? versions : null);
  }

  /** Waits until all have been written. */
  void awaitEnd() {
    for (Future<?> client : running) {
      try {
        client.get(END_LIMIT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException failed) {
        throw new AssertionError("a client did not get through", failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted under load", interrupted);
      }
    }
  }

  /** Lets each client end its write, and waits for that. */
  void stop() {
    stopping = true;
    awaitEnd();
  }

  @Override
  public void close() {
    stopping = true;
    clients.shutdownNow();
  }
}
