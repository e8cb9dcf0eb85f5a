package io.quorate.core;

import static io.quorate.core.Writes.mutation;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StoreTest {

  private static final Key KEY = Key.of("key");

  private final Store store = new Store();

  @Test
  void lateOlderWriteDoesNotOverwriteNewer() {
    assertThat(store.apply(mutation("key", "new", 1, 8))).isTrue();
    assertThat(store.apply(mutation("key", "old", 1, 7))).isFalse();
    assertThat(store.apply(mutation("key", "again", 1, 8))).isFalse();
    assertThat(text(store.newest(KEY))).isEqualTo("new");
    assertThat(store.apply(mutation("key", "newer epoch", 2, 1))).isTrue();
    assertThat(text(store.newest(KEY))).isEqualTo("newer epoch");
  }

  @Test
  void latePutDoesNotBringADeletedKeyBack() {
    store.apply(mutation("key", null, 1, 8));
    assertThat(store.apply(mutation("key", "old", 1, 7))).isFalse();
    assertThat(store.keys()).isZero();
    assertThat(store.tombstones()).isOne();
  }

  @Test
  void confirmedStaysBehindWhatIsOnlyGiven() {
    Mutation first = mutation("key", "first", 1, 1);
    store.give(first);
    assertThat(store.confirmed(KEY)).isNull();
    store.confirm(first);
    store.give(mutation("key", "second", 1, 2));
    assertThat(text(store.confirmed(KEY))).isEqualTo("first");
    assertThat(text(store.newest(KEY))).isEqualTo("second");
  }

  @Test
  void olderWriteConfirmedLaterStaysHiddenBehindNewerConfirmedOne() {
    Mutation older = mutation("key", "older", 1, 1);
    Mutation newer = mutation("key", "newer", 1, 2);
    store.give(older);
    store.give(newer);
    store.give(mutation("key", "newest", 1, 3));
    store.confirm(newer);
    store.confirm(older);
    assertThat(text(store.confirmed(KEY))).isEqualTo("newer");
  }

  @Test
  void confirmedDeleteIsSeenAsADelete() {
    Mutation put = mutation("key", "value", 1, 1);
    Mutation delete = mutation("key", null, 1, 2);
    store.give(put);
    store.confirm(put);
    store.give(delete);
    assertThat(text(store.confirmed(KEY))).isEqualTo("value");
    store.confirm(delete);
    Entry confirmed = store.confirmed(KEY);
    assertThat(confirmed).isNotNull();
    assertThat(confirmed != null && confirmed.isTombstone()).isTrue();
  }

  @Test
  void removesOnlyExactlyTheVersionNamed() {
    store.apply(mutation("key", "value", 1, 5));
    store.remove(KEY, 1, 4);
    store.remove(KEY, 2, 5);
    assertThat(store.keys()).isOne();
    store.remove(KEY, 1, 5);
    assertThat(store.newest(KEY)).isNull();
    assertThat(store.keys()).isZero();
  }

  @Test
  void countsKeysAndTombstonesWhateverTheOrderOfWrites() {
    for (long seed = 1; seed <= 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Store counted = new Store();
      Map<Key, Mutation> model = new HashMap<>();
      for (int step = 0; step < 200; step++) {
        Mutation next =
            mutation(
                "key" + random.nextInt(5),
                random.nextBoolean() ? "v" : null,
                random.nextLong(1, 3),
                random.nextLong(1, 300));
        counted.apply(next);
        model.merge(next.key(), next, (a, b) -> a.token().compareTo(b.token()) >= 0 ? a : b);
        long deletes = model.values().stream().filter(Mutation::isDelete).count();
        assertThat(counted.tombstones()).as("seed %s", seed).isEqualTo(deletes);
        assertThat(counted.keys()).as("seed %s", seed).isEqualTo(model.size() - deletes);
      }
      for (Mutation newest : model.values()) {
        Entry held = counted.newest(newest.key());
        assertThat(held != null && held.is(newest)).as("seed %s: %s", seed, newest).isTrue();
      }
    }
  }

  private static @Nullable String text(@Nullable Entry entry) {
    byte[] value = entry == null ? null : entry.value();
    return value == null ? null : new String(value, UTF_8);
  }
}
