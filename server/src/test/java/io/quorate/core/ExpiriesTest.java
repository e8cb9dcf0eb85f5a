package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ExpiriesTest {

  private final Store store = new Store();
  private long version;

  @Test
  void earliestEndIsDueFirstAndNotBefore() {
    put("late", 30);
    put("early", 20);
    assertThat(store.expiries().due(19, 9)).isEmpty();
    assertThat(store.expiries().due(20, 9)).containsExactly(Key.of("early"));
    assertThat(store.expiries().due(40, 9)).containsExactly(Key.of("early"), Key.of("late"));
    put("early", 50);
    assertThat(store.expiries().due(40, 9)).containsExactly(Key.of("late"));
  }

  @Test
  void thoseThatStayDoNotKeepTheOthers() {
    put("a", 20);
    put("b", 21);
    put("c", 22);
    assertThat(store.expiries().due(30, 2)).containsExactly(Key.of("a"), Key.of("b"));
    assertThat(store.expiries().due(30, 2)).containsExactly(Key.of("c"));
    assertThat(store.expiries().due(30, 2)).containsExactly(Key.of("a"), Key.of("b"));
  }

  @Test
  void whatTakesThePlaceOfAValueTakesItsEndAway() {
    put("replaced", 20);
    put("replaced", 0);
    put("deleted", 20);
    store.apply(new Mutation(Key.of("deleted"), null, 1, ++version));
    put("removed", 20);
    store.remove(Key.of("removed"), 1, version);
    put("late", 20);
    store.apply(Writes.mutation("late", "older", 1, 1));
    assertThat(store.expiries().size()).isOne();
    assertThat(store.expiries().due(20, 9)).containsExactly(Key.of("late"));
  }

  @Test
  void endsGoWithTheirValuesIntoACopy() {
    put("k", 20);
    Mutation copied = store.copy(1 << 20).next();
    assertThat(copied.attributes().expiresAtMillis()).isEqualTo(20);
    assertThat(copied.attributes().required()).isEqualTo(2);
  }

  @Test
  void oneThatIsVeiledEndsAsWhatItStandsForDoes() {
    put("k", 20);
    Entry ending = Objects.requireNonNull(store.newest(Key.of("k")));
    Entry veiled = new Entry.Veiled(ending, null, 1);
    assertThat(veiled.expiresAtMillis()).isEqualTo(20);
    assertThat(veiled.toMutation(Key.of("k")).attributes()).isEqualTo(Attributes.ending(2, 20));
  }

  private void put(String key, long expiresAtMillis) {
    Attributes attributes =
        expiresAtMillis == 0 ? Attributes.NONE : Attributes.ending(2, expiresAtMillis);
    store.apply(new Mutation(Key.of(key), new byte[1], 1, ++version, attributes));
  }
}
