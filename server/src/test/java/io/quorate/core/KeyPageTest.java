package io.quorate.core;

import static io.quorate.core.Writes.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.KeyPage.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class KeyPageTest {

  private static final Key NONE = Key.of("");

  /** Keys that begin with one another, with the lowest byte, and beyond ASCII. */
  private static final List<String> PARTS =
      List.of("a", "b", "/", "\u0000", "\u007f", "\u00e9", "\uffff", "\ud83d\ude00", "%2f", "&");

  private static final int PAIRS = 40;

  private final Store store = new Store();
  private long version;

  @Test
  void indexHasExactlyTheKeysOfTheMap() {
    SplittableRandom random = new SplittableRandom(1);
    for (int step = 0; step < 3000; step++) {
      String key = key(random);
      Entry held = store.newest(Key.of(key));
      switch (random.nextInt(4)) {
        case 0 -> store.apply(mutation(key, "v", 1, ++version));
        case 1 -> store.give(mutation(key, random.nextBoolean() ? "v" : null, 1, ++version));
        case 2 -> store.put(mutation(key, null, 1, ++version));
        default -> store.remove(Key.of(key), 1, held == null ? 0 : held.version());
      }
    }
    assertThat(indexed()).containsExactlyElementsOf(held());
    assertThat(held()).hasSizeGreaterThan(100);
  }

  @Test
  void pagesOfAnySizeShowTheKeysOfAPrefixInByteOrder() {
    SplittableRandom random = new SplittableRandom(2);
    TreeMap<Key, Token> model = new TreeMap<>();
    for (int step = 0; step < 2000; step++) {
      Mutation next = mutation(key(random), random.nextInt(3) > 0 ? "v" : null, 1, ++version);
      store.apply(next);
      model.remove(next.key());
      if (!next.isDelete()) {
        model.put(next.key(), next.token());
      }
    }
    for (int round = 0; round < 300; round++) {
      String prefix = round == 0 ? "" : key(random);
      Key after = round % 2 == 0 ? NONE : Key.of(key(random));
      int limit = random.nextInt(1, 40);
      List<Key> expected =
          model.tailMap(after, false).keySet().stream()
              .filter(key -> key.toString().startsWith(prefix))
              .toList();
      List<KeyPage.Item> walked = walk(prefix, after, limit, Shown.NEWEST);
      assertThat(walked.stream().map(KeyPage.Item::key))
          .as("prefix %s, after %s, limit %s", prefix, after, limit)
          .containsExactlyElementsOf(expected);
      assertThat(walked).allMatch(item -> item.entry().token().equals(model.get(item.key())));
    }
  }

  @Test
  void pageThatIsTheLastSaysSo() {
    put("a1", "a2", "a3", "b");
    assertThat(page("a", 3).next()).isNull();
    assertThat(page("a", 2).next()).isEqualTo(Key.of("a2"));
    assertThat(page("c", 2)).isEqualTo(new KeyPage(List.of(), null));
  }

  @Test
  void pageShowsWhatIsConfirmedAndNothingElse() {
    Mutation put = mutation("was there", "v", 1, 1);
    store.give(put);
    store.confirm(put);
    store.give(mutation("was there", null, 1, 2));
    store.give(mutation("not yet", "v", 1, 3));
    Mutation delete = mutation("deleted", null, 1, 4);
    store.give(delete);
    store.confirm(delete);
    store.give(mutation("deleted", "v", 1, 5));
    assertThat(shown(Shown.CONFIRMED)).containsExactly("was there 1.1");
    assertThat(shown(Shown.NEWEST)).containsExactly("deleted 1.5", "not yet 1.3");
  }

  @Test
  void howeverManyDeletedKeysStandInARowThePageEnds() {
    for (int i = 0; i < 2 * KeyPage.MOST_LOOKED_AT; i++) {
      store.apply(mutation("a" + (100_000 + i), null, 1, ++version));
    }
    put("b");
    KeyPage first = page("", 10);
    assertThat(first.items()).isEmpty();
    assertThat(first.next()).isEqualTo(Key.of("a" + (100_000 + KeyPage.MOST_LOOKED_AT - 1)));
    assertThat(walk("", NONE, 10, Shown.NEWEST).stream().map(KeyPage.Item::key))
        .containsExactly(Key.of("b"));
  }

  @Test
  void walkWhileWritesGoOnShowsWhatIsThereAllTheTimeOnceAndNothingThatNeverWas()
      throws InterruptedException {
    Set<Key> stays = new TreeSet<>();
    for (int i = 0; i < 3000; i += 3) {
      stays.add(Key.of("key" + i));
      put("key" + i);
    }
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = new Thread(() -> comeAndGo(done), "writer");
    writer.start();
    SplittableRandom random = new SplittableRandom(3);
    try {
      for (int round = 0; round < 200; round++) {
        List<Key> walked =
            walk("", NONE, random.nextInt(1, 200), Shown.NEWEST).stream()
                .map(KeyPage.Item::key)
                .toList();
        Set<Key> once = new TreeSet<>(walked);
        assertThat(once).containsExactlyElementsOf(walked);
        assertThat(once.containsAll(stays)).isTrue();
        assertThat(walked).noneMatch(key -> key.toString().startsWith("never"));
      }
    } finally {
      done.set(true);
      writer.join();
    }
    assertThat(indexed()).containsExactlyElementsOf(held());
  }

  @Test
  void storeThatIsPartialHasNoPageAtOneMoment() {
    put("a");
    store.becomesPartial(true);
    assertThat(KeyPage.atOneMoment(store, NONE, NONE, 9, Shown.NEWEST)).isNull();
    store.becomesPartial(false);
    assertThat(KeyPage.atOneMoment(store, NONE, NONE, 9, Shown.NEWEST)).isEqualTo(page("", 9));
  }

  /** Pairs of keys that are written together, one at the begin of the page and one at its end. */
  @Test
  void pageAtOneMomentShowsAllKeysOfAWriteAsItLeftThemOrNone() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = new Thread(() -> writePairs(done), "writer");
    writer.start();
    int seen = 0;
    try {
      while (seen < 2_000) {
        for (Shown shown : Shown.values()) {
          KeyPage page = KeyPage.atOneMoment(store, NONE, NONE, 2 * PAIRS, shown);
          if (page != null) {
            seen++;
            assertThat(halves(page, "a")).isEqualTo(halves(page, "z"));
          }
        }
      }
    } finally {
      done.set(true);
      writer.join();
    }
  }

  /** Which keys with this beginning were written by which write. */
  private static List<String> halves(KeyPage page, String beginning) {
    return page.items().stream()
        .filter(item -> item.key().toString().startsWith(beginning))
        .map(item -> item.key().toString().substring(1) + " " + (item.entry().version() + 1) / 2)
        .toList();
  }

  private void writePairs(AtomicBoolean done) {
    SplittableRandom random = new SplittableRandom(5);
    while (!done.get()) {
      int pair = random.nextInt(PAIRS);
      String value = random.nextInt(3) > 0 ? "v" : null;
      List<Mutation> write =
          List.of(
              mutation("a" + pair, value, 1, ++version), mutation("z" + pair, value, 1, ++version));
      store.giveTogether(write);
      if (random.nextInt(3) > 0) {
        store.confirmTogether(write);
      }
    }
  }

  /** Keys between the others appear, are deleted and forgotten; the others are overwritten. */
  private void comeAndGo(AtomicBoolean done) {
    SplittableRandom random = new SplittableRandom(4);
    while (!done.get()) {
      int number = random.nextInt(3000);
      String key = "key" + number;
      if (number % 3 == 0) {
        store.apply(mutation(key, "again", 1, ++version));
      } else if (random.nextBoolean()) {
        store.apply(mutation(key, "v", 1, ++version));
      } else {
        store.apply(mutation(key, null, 1, ++version));
        store.remove(Key.of(key), 1, version);
      }
      store.apply(mutation("never" + number, null, 1, ++version));
    }
  }

  private List<KeyPage.Item> walk(String prefix, Key after, int limit, Shown shown) {
    List<KeyPage.Item> all = new ArrayList<>();
    Key next = after;
    while (next != null) {
      KeyPage page = KeyPage.of(store, Key.of(prefix), next, limit, shown);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      all.addAll(page.items());
      next = page.next();
    }
    return all;
  }

  private KeyPage page(String prefix, int limit) {
    return KeyPage.of(store, Key.of(prefix), NONE, limit, Shown.NEWEST);
  }

  private List<String> shown(Shown shown) {
    return KeyPage.of(store, NONE, NONE, 100, shown).items().stream()
        .map(item -> item.key() + " " + item.entry().token())
        .toList();
  }

  private void put(String... keys) {
    for (String key : keys) {
      store.apply(mutation(key, "v", 1, ++version));
    }
  }

  private List<Key> indexed() {
    List<Key> keys = new ArrayList<>();
    store.walk(NONE, keys::add);
    return keys;
  }

  private Set<Key> held() {
    Set<Key> keys = new TreeSet<>();
    store.entries().forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  private static String key(SplittableRandom random) {
    StringBuilder key = new StringBuilder();
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      key.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return key.toString();
  }
}
