package io.quorate.core;

import static io.quorate.core.Writes.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TombstonesTest {

  private static final long EPOCH = 2;

  private final Store store = new Store();
  private final Tombstones tombstones = new Tombstones();

  private void delete(String key, long version) {
    Mutation delete = mutation(key, null, EPOCH, version);
    store.apply(delete);
    tombstones.add(delete);
  }

  @Test
  void goesOnceTheFloorHasPassedIt() {
    delete("a", 3);
    delete("b", 5);
    assertThat(tombstones.collectThrough(2, EPOCH, store)).isZero();
    assertThat(tombstones.collectThrough(3, EPOCH, store)).isOne();
    assertThat(store.newest(Key.of("a"))).isNull();
    assertThat(store.tombstones()).isOne();
    assertThat(tombstones.size()).isOne();
  }

  @Test
  void leavesAKeyThatWasPutAgain() {
    delete("a", 3);
    store.apply(mutation("a", "back", EPOCH, 4));
    assertThat(tombstones.collectThrough(10, EPOCH, store)).isOne();
    assertThat(store.newest(Key.of("a"))).isNotNull();
    assertThat(store.keys()).isOne();
  }

  @Test
  void waitsBehindOneThatTheFloorHasNotPassed() {
    delete("late", 9);
    delete("early", 2);
    assertThat(tombstones.collectThrough(5, EPOCH, store)).isZero();
    assertThat(tombstones.collectThrough(9, EPOCH, store)).isEqualTo(2);
    assertThat(tombstones.oldest()).isNull();
  }

  @Test
  void staysWhereTheFloorIsOfAnEarlierEpoch() {
    delete("a", 3);
    assertThat(tombstones.collectThrough(10, EPOCH - 1, store)).isZero();
    assertThat(tombstones.collectThrough(10, EPOCH + 1, store)).isOne();
  }
}
