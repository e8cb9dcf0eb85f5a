package io.quorate.log;

import io.quorate.core.Attributes;
import io.quorate.core.Journal;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Receipt;
import io.quorate.core.Reign;
import io.quorate.core.SnapshotHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Makes up what a node might tell its journal. */
final class Tellings {

  private final Random random;
  private long epoch = 1;
  private boolean installing;

  Tellings(long seed) {
    this.random = new Random(seed);
  }

  /** After a start: a node that had begun an install begins anew. */
  void started(boolean isInstalling) {
    installing = isInstalling;
  }

  /** A mutation of the next version. */
  Mutation mutation(long version) {
    Key key = Key.of("key" + random.nextInt(12));
    int kind = random.nextInt(10);
    byte[] value = kind < 2 ? null : new byte[kind < 8 ? 40 : random.nextInt(300)];
    if (value != null) {
      random.nextBytes(value);
    }
    return new Mutation(key, value, epoch, version, attributes(version));
  }

  private Attributes attributes(long version) {
    return switch (random.nextInt(8)) {
      case 0 -> new Attributes(1, 1 + version, false, 0, null, false);
      case 1 -> {
        Receipt.Payload payload = new Receipt.Payload(random.nextLong(), random.nextLong());
        yield new Attributes(1, 0, false, 0, new Receipt("id", payload, 1, version), false);
      }
      default -> Attributes.NONE;
    };
  }

  /** The mutations of a write, seldom more than one, from this version on. */
  List<Mutation> write(long version) {
    List<Mutation> write = new ArrayList<>();
    for (int more = random.nextInt(8) == 0 ? 3 : 0; more >= 0; more--) {
      write.add(mutation(version + write.size()));
    }
    return write;
  }

  /** Something else, small. */
  Consumer<Journal> other(long lastVersion) {
    return switch (random.nextInt(7)) {
      case 0 -> journal -> journal.skipped(lastVersion + 1);
      case 1 -> granted();
      case 2 -> journal -> journal.collected(lastVersion);
      case 3 -> entered(lastVersion);
      case 4 -> membership();
      default -> install(lastVersion);
    };
  }

  private Consumer<Journal> granted() {
    epoch++;
    Leadership leadership = new Leadership(epoch, random.nextLong());
    return journal -> journal.granted(leadership);
  }

  private Consumer<Journal> entered(long lastVersion) {
    Reign reign = reign(lastVersion);
    return journal -> journal.entered(reign);
  }

  private Reign reign(long base) {
    var before = new Reign.Ancestor(new Leadership(epoch - 1, 7), base);
    return new Reign(
        new Leadership(epoch, 5),
        base,
        random.nextBoolean(),
        random.nextBoolean(),
        List.of(before));
  }

  private Consumer<Journal> membership() {
    var membership =
        new Membership(List.of("http://a:1", "http://b:2"), random.nextInt(2), 1, 5, 9);
    return journal -> journal.membership(membership);
  }

  private Consumer<Journal> install(long lastVersion) {
    boolean begins = !installing || random.nextInt(4) == 0;
    boolean ends = installing && random.nextInt(3) == 0;
    if (begins) {
      installing = true;
      var leadership = new Leadership(epoch, 5);
      var head = new SnapshotHead(leadership, 1, lastVersion, 0, 0, reign(lastVersion));
      return journal -> journal.installBegun(head);
    }
    if (ends) {
      installing = false;
      return Journal::installed;
    }
    int number = random.nextInt(9);
    if (number == 0) {
      return Journal::wentInPlace;
    }
    Mutation shown = new Mutation(Key.of("shown" + number), new byte[number], 1, lastVersion);
    return random.nextBoolean()
        ? journal -> journal.chunkTaken(number)
        : journal -> journal.shown(shown);
  }
}
