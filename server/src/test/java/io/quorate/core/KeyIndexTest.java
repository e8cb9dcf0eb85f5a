package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyIndexTest {

  /** Of one to four bytes each, UTF-8 or not: many begin with others. */
  private static final int[] ALPHABET = {0, 1, 'a', 'b', 0x7f, 0x80, 0xc3, 0xff};

  @Test
  void keepsTheOrderOfASortedModelWhateverIsAddedAndRemoved() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      KeyIndex index = new KeyIndex();
      TreeSet<Key> model = new TreeSet<>();
      for (int step = 0; step < 6000; step++) {
        Key key = key(random);
        // It grows, shrinks to almost nothing, and grows again.
        boolean adds = random.nextInt(10) < (step / 2000 == 1 ? 1 : 8);
        if (adds && model.add(key)) {
          index.add(key);
        } else if (!adds) {
          Key at = model.ceiling(key);
          if (at != null) {
            model.remove(at);
            index.remove(at);
          }
        }
        if (step % 500 == 0) {
          assertThat(all(index)).as("seed %s", seed).containsExactlyElementsOf(model);
          Key from = key(random);
          assertThat(from(index, from))
              .as("seed %s, from %s", seed, from)
              .containsExactlyElementsOf(model.tailSet(from));
        }
      }
      new ArrayList<>(model).forEach(index::remove);
      assertThat(all(index)).as("seed %s", seed).isEmpty();
    }
  }

  @Test
  void walkSeesTheIndexAsItWasWhenItBegan() {
    KeyIndex index = new KeyIndex();
    IntStream.range(0, 1000).forEach(i -> index.add(Key.of("key" + i)));
    List<Key> before = all(index);
    List<Key> seen = new ArrayList<>();
    index.walk(
        Key.of(""),
        key -> {
          seen.add(key);
          index.remove(key);
          index.add(Key.of("later " + key));
          return true;
        });
    assertThat(seen).isEqualTo(before);
    assertThat(all(index)).hasSize(1000).doesNotContainAnyElementsOf(before);
  }

  @Test
  void walkEndsWhereItsTakerWantsNoMore() {
    KeyIndex index = new KeyIndex();
    IntStream.range(0, 1000).forEach(i -> index.add(Key.of("key" + i)));
    List<Key> seen = new ArrayList<>();
    index.walk(
        Key.of(""),
        key -> {
          seen.add(key);
          return seen.size() < 200;
        });
    assertThat(seen).isEqualTo(all(index).subList(0, 200));
  }

  private static Key key(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(1, 5)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ALPHABET[random.nextInt(ALPHABET.length)];
    }
    return new Key(bytes);
  }

  private static List<Key> all(KeyIndex index) {
    return from(index, Key.of(""));
  }

  private static List<Key> from(KeyIndex index, Key from) {
    List<Key> keys = new ArrayList<>();
    index.walk(from, keys::add);
    return keys;
  }
}
