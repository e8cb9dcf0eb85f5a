package io.quorate.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StoreCopyTest {

  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final int KEYS = 3_000;

  private final Store store = new Store();
  private final ExecutorService readers = Executors.newSingleThreadExecutor();

  /** Of the newest mutation. */
  private long version;

  @AfterEach
  void stop() {
    readers.shutdownNow();
  }

  @Test
  void copyShowsTheMomentAtWhichItBeganThoughWritesGoOn() throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      for (int write = 0; write < KEYS; write++) {
        writeOne(random);
      }
      Map<Key, String> held = held(store);
      StoreCopy copy = store.copy(NO_LIMIT);
      Future<Map<Key, String>> read = readers.submit(() -> shown(copy));
      long written = 0;
      while (!read.isDone() || written < KEYS) {
        writeOne(random);
        written++;
      }
      store.end(copy);
      assertThat(read.get(10, TimeUnit.SECONDS))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(held);
    }
  }

  @Test
  void copyThatIsReadAfterEveryKeyChangedShowsNoneOfIt() {
    for (int key = 0; key < KEYS; key++) {
      put(key);
    }
    Map<Key, String> held = held(store);
    StoreCopy copy = store.copy(NO_LIMIT);
    for (int key = 0; key < 2 * KEYS; key++) {
      if (key % 2 == 0) {
        put(key);
      } else {
        remove(key);
      }
    }
    assertThat(shown(copy)).isEqualTo(held);
  }

  @Test
  void keyThatCameAndWentMeanwhileIsNotShown() {
    StoreCopy copy = store.copy(NO_LIMIT);
    put(1);
    remove(1);
    put(2);
    assertThat(copy.hasNext()).isFalse();
  }

  @Test
  void keyThatWentAndCameBackIsShownAsItWas() {
    put(1);
    Map<Key, String> held = held(store);
    StoreCopy copy = store.copy(NO_LIMIT);
    remove(1);
    put(1);
    assertThat(shown(copy)).isEqualTo(held);
  }

  /** The comparison that the other tests rest on sees a writer whom the copy does not. */
  @Test
  void storeThatIsReadWithoutACopyShowsWhatIsWrittenMeanwhile() {
    put(1);
    Map<Key, String> held = held(store);
    put(1);
    assertThat(held(store)).isNotEqualTo(held);
  }

  @Test
  void moreChangesThanMayBeKeptEndTheCopyAndNotTheWrites() {
    for (int key = 0; key < 100; key++) {
      put(key);
    }
    StoreCopy copy = store.copy(5_000);
    put(0);
    assertThat(copy.isOverfull()).isFalse();
    for (int key = 0; key < 100; key++) {
      put(key);
    }
    assertThat(copy.isOverfull()).isTrue();
    assertThat(store.keys()).isEqualTo(100);
  }

  @Test
  void copyThatHasKeptTooMuchKeepsNoMore() {
    StoreCopy copy = store.copy(5_000);
    for (int key = 0; key < KEYS; key++) {
      put(key);
    }
    assertThat(copy.isOverfull()).isTrue();
    assertThat(copy.keptBytes()).isLessThan(6_000);
  }

  @Test
  void keyThatChangesAgainAndAgainIsKeptOnce() {
    put(1);
    StoreCopy copy = store.copy(1_000);
    for (int write = 0; write < 1_000; write++) {
      put(1);
    }
    assertThat(copy.isOverfull()).isFalse();
  }

  @Test
  void copyThatHasEndedKeepsNothingMore() {
    StoreCopy copy = store.copy(0);
    store.end(copy);
    put(1);
    assertThat(copy.isOverfull()).isFalse();
  }

  @Test
  void copiesBegunAtDifferentMomentsShowTheirOwn() {
    put(1);
    Map<Key, String> first = held(store);
    StoreCopy one = store.copy(NO_LIMIT);
    put(1);
    put(2);
    Map<Key, String> second = held(store);
    StoreCopy other = store.copy(NO_LIMIT);
    remove(1);
    remove(2);
    assertThat(shown(one)).isEqualTo(first);
    assertThat(shown(other)).isEqualTo(second);
  }

  private static Key key(int number) {
    return Key.of("key-" + number);
  }

  /** A put, the tombstone of a delete, or what the end of a tombstone does. */
  private void writeOne(SplittableRandom random) {
    int key = random.nextInt(2 * KEYS);
    switch (random.nextInt(4)) {
      case 0, 1 -> put(key);
      case 2 -> store.apply(new Mutation(key(key), null, 1, ++version));
      default -> remove(key);
    }
  }

  private void put(int key) {
    version++;
    store.apply(Writes.mutation("key-" + key, "value of " + version, 1, version));
  }

  private void remove(int key) {
    Entry held = store.newest(key(key));
    if (held != null) {
      store.remove(key(key), held.epoch(), held.version());
    }
  }

  private static Map<Key, String> held(Store store) {
    Map<Key, String> held = new HashMap<>();
    for (Map.Entry<Key, Entry> each : store.entries()) {
      held.put(each.getKey(), described(each.getValue().toMutation(each.getKey())));
    }
    return held;
  }

  /** A key that is shown twice has to be shown the same twice. */
  private static Map<Key, String> shown(StoreCopy copy) {
    Map<Key, String> shown = new HashMap<>();
    while (copy.hasNext()) {
      Mutation mutation = copy.next();
      String before = shown.put(mutation.key(), described(mutation));
      assertThat(before).isIn(null, described(mutation));
    }
    return shown;
  }

  private static String described(Mutation mutation) {
    byte[] value = mutation.value();
    return mutation.token() + (value == null ? " deleted" : " " + new String(value, UTF_8));
  }
}
