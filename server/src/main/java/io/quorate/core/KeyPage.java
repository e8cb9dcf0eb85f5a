package io.quorate.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys that have a value, in byte order: a part of a walk over all that begin with a
 * prefix, which goes on after {@link #next}. While writes go on, a walk from page to page shows
 * each key that has a value all the time exactly once, in order, and none that has no value at any
 * time of it.
 *
 * @param next the last key that was looked at, where there are more behind it; they need not have a
 *     value. Null where the page is the last
 */
public record KeyPage(List<Item> items, @Nullable Key next) {

  /**
   * How many keys a page looks at: deleted and unconfirmed ones are not shown, and however many
   * stand in a row, a page takes only so long. It is shorter than its limit then, or empty.
   */
  public static final int MOST_LOOKED_AT = 4_000;

  /** How often a page is read while writes of several keys come in between. */
  private static final int MOST_TRIES = 4;

  /**
   * A key and what is held of it.
   *
   * @param entry no tombstone
   */
  public record Item(Key key, Entry entry) {}

  /** Which of a key's two entries is shown. */
  public enum Shown {
    NEWEST,
    CONFIRMED
  }

  /**
   * The next keys of a store at one moment: of the keys of one write all are shown as it left them,
   * or none. Any thread.
   *
   * @param prefix what the keys begin with; may be empty
   * @param after the keys shown are above it; may be empty
   * @param limit most keys shown, at least 1
   * @return null when, each time they were read, a write of several keys came in between, or the
   *     store was partial
   */
  public static @Nullable KeyPage atOneMoment(
      Store store, Key prefix, Key after, int limit, Shown shown) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      long moment = store.moment();
      KeyPage page = of(store, prefix, after, limit, shown);
      if (!store.isPartial() && store.moment() == moment) {
        return page;
      }
    }
    return null;
  }

  /** The same, whatever comes in between. Any thread; on that of the store's owner nothing does. */
  public static KeyPage of(Store store, Key prefix, Key after, int limit, Shown shown) {
    Reading reading = new Reading(store, prefix, limit, shown);
    Key behind = after.bytes().length == 0 ? after : new Key(successor(after.bytes()));
    store.walk(prefix.compareTo(behind) > 0 ? prefix : behind, reading);
    return new KeyPage(List.copyOf(reading.items), reading.next);
  }

  /** The first in byte order above these. */
  private static byte[] successor(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private static final class Reading implements Predicate<Key> {

    private final Store store;
    private final byte[] prefix;
    private final int limit;
    private final Shown shown;
    private final List<Item> items = new ArrayList<>();
    private int lookedAt;
    private @Nullable Key last;
    private @Nullable Key next;

    Reading(Store store, Key prefix, int limit, Shown shown) {
      this.store = store;
      this.prefix = prefix.bytes();
      this.limit = limit;
      this.shown = shown;
    }

    @Override
    public boolean test(Key key) {
      if (!beginsWithPrefix(key.bytes())) {
        return false;
      }
      if (items.size() == limit || lookedAt == MOST_LOOKED_AT) {
        next = last;
        return false;
      }
      lookedAt++;
      last = key;
      Entry entry = shown == Shown.CONFIRMED ? store.confirmed(key) : store.newest(key);
      if (entry != null && !entry.isTombstone()) {
        items.add(new Item(key, entry));
      }
      return true;
    }

    private boolean beginsWithPrefix(byte[] key) {
      return key.length >= prefix.length
          && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
  }
}
