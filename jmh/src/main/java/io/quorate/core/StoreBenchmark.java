package io.quorate.core;

import io.quorate.jmh.Expect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The store's writes and reads, keys in random order. A key asked for is equal to the stored one
 * and not the same object, as in a request; making it is not counted. The mutation that a write
 * needs is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoreBenchmark {

  private static final long SEED = 42;
  private static final int PAGE_KEYS = 1000;
  private static final Key FIRST = Key.of("");

  /** How many keys the store holds. */
  @Param({"100", "100000"})
  public int keys;

  private final Store store = new Store();
  private final List<Key> asked = new ArrayList<>();
  private final List<Key> absent = new ArrayList<>();
  private final List<Mutation> late = new ArrayList<>();
  private final byte[] value = new byte[64];
  private long version = 1;
  private int next;

  /** Fills the store and checks one call of each kind. */
  @Setup
  public void fill() {
    for (int i = 0; i < keys; i++) {
      asked.add(Key.of("key-" + i));
      absent.add(Key.of("key-" + i + "-absent"));
    }
    Collections.shuffle(asked, new Random(SEED));
    Collections.shuffle(absent, new Random(SEED + 1));
    for (Key key : asked) {
      late.add(new Mutation(key, value, 1, version));
      Key stored = Key.of(key.toString());
      store.give(new Mutation(stored, value, 1, ++version));
      store.confirm(new Mutation(stored, value, 1, version));
    }
    Expect.equal(true, apply());
    Entry applied = store.newest(asked.get(next));
    Expect.equal(version, applied == null ? 0L : applied.version());
    Expect.equal(false, applyLate());
    Expect.equal(version + 1, giveAndConfirm());
    Expect.equal(true, newest() != null);
    Expect.equal(true, confirmed() != null);
    Expect.equal(false, missing() != null);
    Expect.equal(0, addAndRemove());
    Expect.equal(Math.min(keys, PAGE_KEYS), page(FIRST).items().size());
  }

  /** Nothing has piled up. */
  @TearDown
  public void expectNoFurtherKeys() {
    Expect.equal((long) keys, store.keys());
  }

  /** A follower applies a newer put. */
  @Benchmark
  public boolean apply() {
    return store.apply(new Mutation(asked.get(next()), value, 1, ++version));
  }

  /** A follower skips a put that something newer has overtaken. */
  @Benchmark
  public boolean applyLate() {
    return store.apply(late.get(next()));
  }

  /** The leader gives a put, and confirms it. */
  @Benchmark
  public long giveAndConfirm() {
    Mutation mutation = new Mutation(asked.get(next()), value, 1, ++version);
    store.give(mutation);
    store.confirm(mutation);
    return mutation.version();
  }

  /** A local read. */
  @Benchmark
  public @Nullable Entry newest() {
    return store.newest(asked.get(next()));
  }

  /** A confirmed read. */
  @Benchmark
  public @Nullable Entry confirmed() {
    return store.confirmed(asked.get(next()));
  }

  /** A read of a key that is not there. */
  @Benchmark
  public @Nullable Entry missing() {
    return store.newest(absent.get(next()));
  }

  /** A follower applies the first write of a key, which is then forgotten. */
  @Benchmark
  public int addAndRemove() {
    Key key = absent.get(next());
    store.apply(new Mutation(key, value, 1, ++version));
    store.remove(key, 1, version);
    return (int) store.keys() - keys;
  }

  /** A page of a listing, from anywhere; a shorter one near the end. */
  @Benchmark
  public KeyPage page() {
    return page(asked.get(next()));
  }

  private KeyPage page(Key after) {
    return KeyPage.of(store, FIRST, after, PAGE_KEYS, KeyPage.Shown.CONFIRMED);
  }

  private int next() {
    next = next + 1 == keys ? 0 : next + 1;
    return next;
  }
}
