package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Append;
import io.quorate.core.Cores;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Store;
import io.quorate.core.TestDoor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoreDigesterTest {

  @Test
  void orderOfApplyingDoesNotMatter() {
    List<Mutation> mutations = mutations(500);
    String digest = StoreDigester.of(store(mutations)).hex();
    List<Mutation> shuffled = new ArrayList<>(mutations);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(StoreDigester.of(store(shuffled)).hex()).isEqualTo(digest).hasSize(64);
  }

  @Test
  void oneByteOrOneVersionChangesTheDigestAndItsBucketAlone() {
    for (int kind = 0; kind < 2; kind++) {
      Store store = store(mutations(500));
      StoreDigester before = StoreDigester.of(store);
      Key key = Key.of("key-77");
      boolean altered =
          kind == 0 ? TestDoor.flipByte(store, key) : TestDoor.raiseVersion(store, key);
      StoreDigester after = StoreDigester.of(store);
      assertThat(altered).isTrue();
      assertThat(after.hex()).isNotEqualTo(before.hex());
      for (int bucket = 0; bucket < StoreDigester.BUCKETS; bucket++) {
        boolean same = Arrays.equals(before.sumOfBucket(bucket), after.sumOfBucket(bucket));
        assertThat(same).isEqualTo(bucket != StoreDigester.bucketOf(key));
      }
    }
  }

  @Test
  void tombstonesDoNotCount() {
    List<Mutation> mutations = mutations(10);
    String digest = StoreDigester.of(store(mutations)).hex();
    List<Mutation> withDelete = new ArrayList<>(mutations);
    withDelete.add(new Mutation(Key.of("never there"), null, 1, 11));
    StoreDigester digester = StoreDigester.of(store(withDelete));
    assertThat(digester.hex()).isEqualTo(digest);
    assertThat(digester.keys()).isEqualTo(10);
  }

  @Test
  void bytesMovedFromValueToKeyAreAnotherDigest() {
    Store one = store(List.of(new Mutation(Key.of("ab"), new byte[] {'c'}, 1, 1)));
    Store other = store(List.of(new Mutation(Key.of("a"), new byte[] {'b', 'c'}, 1, 1)));
    assertThat(StoreDigester.of(one).hex()).isNotEqualTo(StoreDigester.of(other).hex());
  }

  private static List<Mutation> mutations(int count) {
    List<Mutation> mutations = new ArrayList<>();
    for (int version = 1; version <= count; version++) {
      mutations.add(
          new Mutation(Key.of("key-" + version), new byte[] {(byte) version, 5}, 1, version));
    }
    return mutations;
  }

  private static Store store(List<Mutation> mutations) {
    Leadership leadership = new Leadership(1, 1);
    Life life = new Life(1, 1);
    Node follower = Cores.follower(life);
    Cores.answer(follower, Cores.hello(leadership, follower.life()), 0);
    Cores.answer(follower, new Append(leadership, life, 0, 0, mutations), 0);
    return follower.store();
  }
}
