package io.quorate.core;

import static io.quorate.core.Writes.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one write puts in several places is there at one moment, for any thread that reads. */
final class WritesOfSeveralKeysTest {

  private static final int ROUNDS = 20_000;
  private static final Key FIRST = Key.of("a");
  private static final Key LAST = Key.of("b");

  private final Store store = new Store();

  @Test
  void arePutTogetherAndOnlyWhereTheyAreNewer() {
    store.apply(mutation("b", "newer", 1, 9));
    List<Mutation> newer = store.applyTogether(write(3, "x"));
    assertThat(newer).extracting(Mutation::version).containsExactly(3L);
    assertThat(version(store.newest(FIRST))).isEqualTo(3);
    assertThat(version(store.newest(LAST))).isEqualTo(9);
    assertThat(store.keys()).isEqualTo(2);
  }

  @Test
  void areConfirmedTogetherBehindWhatIsConfirmedAndNewer() {
    List<Mutation> both = write(1, "x");
    Mutation newer = mutation("b", "newer", 1, 3);
    store.giveTogether(both);
    store.give(newer);
    assertThat(store.confirmed(FIRST)).isNull();
    store.confirm(newer);
    store.confirmTogether(both);
    assertThat(version(store.confirmed(FIRST))).isEqualTo(1);
    assertThat(version(store.confirmed(LAST))).isEqualTo(3);
  }

  @Test
  void keepTheConfirmedBehindThemUntilTheyAreConfirmed() {
    Mutation before = mutation("a", "before", 1, 1);
    store.give(before);
    store.confirm(before);
    store.giveTogether(write(2, "x"));
    assertThat(version(store.confirmed(FIRST))).isEqualTo(1);
    assertThat(store.confirmed(LAST)).isNull();
    assertThat(version(store.newest(LAST))).isEqualTo(3);
  }

  @Test
  void deleteTogether() {
    store.applyTogether(write(1, "x"));
    store.applyTogether(write(3, null));
    assertThat(store.keys()).isZero();
    assertThat(store.tombstones()).isEqualTo(2);
    assertThat(store.sizeBytes()).isEqualTo(2 * store.growthBytes(Key.of("c"), 0, false));
  }

  @Test
  void ofALeaderAreNeverSeenHalfAmongTheNewest() {
    nobodySeesHalf(store::newest, this::giveAndConfirm);
  }

  @Test
  void ofALeaderAreNeverSeenHalfAmongTheConfirmed() {
    nobodySeesHalf(store::confirmed, this::giveAndConfirm);
  }

  @Test
  void ofAFollowerAreNeverSeenHalf() {
    nobodySeesHalf(store::newest, store::applyTogether);
  }

  private void giveAndConfirm(List<Mutation> write) {
    store.giveTogether(write);
    store.confirmTogether(write);
  }

  /** Each write has the first key first: who sees it there sees it, or a later one, at the last. */
  private void nobodySeesHalf(
      Function<Key, @Nullable Entry> reading, Consumer<List<Mutation>> writing) {
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<List<String>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              List<String> halves = new ArrayList<>();
              while (!over.get()) {
                long first = version(reading.apply(FIRST));
                long last = version(reading.apply(LAST));
                if (last < first + 1 && first > 0) {
                  halves.add(first + " and then " + last);
                }
              }
              return halves;
            });
    for (int round = 0; round < ROUNDS; round++) {
      writing.accept(write(1 + 2L * round, "x"));
    }
    over.set(true);
    assertThat(reader.join()).isEmpty();
  }

  @Test
  void changeTheMomentAndSingleWritesDoNot() {
    long before = store.moment();
    store.give(mutation("c", "x", 1, 1));
    assertThat(store.moment()).isEqualTo(before);
    store.giveTogether(write(2, "x"));
    assertThat(store.moment()).isGreaterThan(before);
  }

  @Test
  void areReplacedInACopyAsSingleOnesAre() {
    store.applyTogether(write(1, "before"));
    StoreCopy copy = store.copy(1 << 20);
    store.applyTogether(write(3, "after"));
    List<Long> shown = new ArrayList<>();
    copy.forEachRemaining(mutation -> shown.add(mutation.version()));
    assertThat(shown).containsExactlyInAnyOrder(1L, 2L);
  }

  private static long version(@Nullable Entry entry) {
    return entry == null ? 0 : entry.version();
  }

  private static List<Mutation> write(long version, @Nullable String value) {
    return List.of(mutation("a", value, 1, version), mutation("b", value, 1, version + 1));
  }
}
