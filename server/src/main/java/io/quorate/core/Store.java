package io.quorate.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The versioned values of one node. One owner writes; any thread reads.
 *
 * <p>Newest version wins: whatever is applied late, twice or out of order, an entry is only ever
 * replaced by a newer one.
 */
public final class Store {

  /**
   * What an entry takes beside the bytes of its key and value, on a JVM with compressed pointers
   * and headers of 12 bytes, where every object ends at a multiple of 8:
   *
   * <pre>
   *   32  node of the map           16  key       16  header of the key's array
   *    8  its place in the table    32  entry     16  header of the value's array
   *    8  to the ends of the two arrays, at most 14
   *    8  its place in the index, at most
   * </pre>
   */
  private static final long ENTRY_OVERHEAD_BYTES = 136;

  /** What an entry takes more when its value ends: itself 16, its place among the ends 72. */
  private static final long ENDING_BYTES = 88;

  private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

  /**
   * The keys in order. Invariant, between two calls of the owner: a key is in it exactly when there
   * is an entry of it.
   */
  private final KeyIndex index = new KeyIndex();

  /** When values end. Of the owner. */
  private final Expiries expiries = new Expiries();

  /** Which writes of clients that may repeat them were given. Of the owner. */
  private final Receipts receipts = new Receipts();

  /**
   * How many writes of several keys have been shown or confirmed: with each such moment all that
   * they put in place is there at once. Written by the owner.
   */
  private volatile long moment;

  /** Of the entry that was made last. Read and written by the owner. */
  private Entry.Epoch epoch = new Entry.Epoch(0);

  /** Those that are being read. Of the owner. */
  private List<StoreCopy> copies = List.of();

  /** The epoch that this node leads; 0 while it does not. Written by the owner. */
  private volatile long servingEpoch;

  /**
   * Whether a snapshot goes in place, key by key: of what was written together a part may be newer
   * than the rest. Written by the owner, before the first is put and after the last.
   */
  private volatile boolean partial;

  /** What all entries take in memory, about. Written by the owner. */
  private volatile long sizeBytes;

  /** Entries that hold a value. Written by the owner. */
  private volatile long keys;

  /**
   * Entries that are tombstones. Written by the owner. Invariant: keys + tombstones =
   * entries.size().
   */
  private volatile long tombstones;

  /**
   * The newest entry that this node holds of the key, a tombstone included; null when it holds
   * none.
   */
  public @Nullable Entry newest(Key key) {
    return present(entries.get(key));
  }

  /** What an entry that is found in its place stands for at this moment. */
  private @Nullable Entry present(@Nullable Entry found) {
    return found instanceof Entry.Veiled veiled ? veiled.at(moment) : found;
  }

  /**
   * How often several keys have changed at one moment. What is read of several keys is of one
   * moment if this is the same before and after; single writes may come in between.
   */
  long moment() {
    return moment;
  }

  /**
   * The newest entry of the key that reached its quorum, or that the present leadership has taken
   * over; meaningful on a leader that serves.
   */
  public @Nullable Entry confirmed(Key key) {
    Entry entry = newest(key);
    return entry == null ? null : confirmed(entry);
  }

  private @Nullable Entry confirmed(Entry entry) {
    return entry.epoch() < servingEpoch ? entry : present(entry.confirmed());
  }

  /**
   * Whether what was just read of it may be part of a snapshot that is not there as a whole. To be
   * asked after the reading.
   */
  public boolean isPartial() {
    return partial;
  }

  void becomesPartial(boolean now) {
    if (partial != now) {
      nextMoment();
      partial = now;
      nextMoment();
    }
  }

  /** What is of an earlier epoch was taken over, and counts as confirmed. */
  void serve(long leadingEpoch) {
    servingEpoch = leadingEpoch;
  }

  /** All entries, tombstones included, weakly consistent: safe while the owner writes. */
  public Iterable<Map.Entry<Key, Entry>> entries() {
    return entries.entrySet();
  }

  /** What all entries take in memory, about. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** How much more they would take with this value of the key, about; negative when less. */
  long growthBytes(Key key, int valueBytes, boolean ends) {
    Entry held = entries.get(key);
    return sizeBytes(key, valueBytes, ends) - (held == null ? 0 : sizeBytes(key, held));
  }

  private static long sizeBytes(Key key, Entry entry) {
    byte[] value = entry.value();
    return sizeBytes(key, value == null ? 0 : value.length, entry.expiresAtMillis() != 0);
  }

  private static long sizeBytes(Key key, int valueBytes, boolean ends) {
    return ENTRY_OVERHEAD_BYTES + key.bytes().length + valueBytes + (ends ? ENDING_BYTES : 0);
  }

  /** How many keys have a value. */
  public long keys() {
    return keys;
  }

  public long tombstones() {
    return tombstones;
  }

  /**
   * All entries as they are now, to be read by another thread. Of the owner.
   *
   * @param limitBytes of what may change while it is read
   */
  public StoreCopy copy(long limitBytes) {
    StoreCopy begun = new StoreCopy(this, limitBytes);
    List<StoreCopy> all = new ArrayList<>(copies);
    all.add(begun);
    copies = List.copyOf(all);
    return begun;
  }

  /** Nobody reads the copy any more. Of the owner. */
  public void end(StoreCopy ended) {
    copies = copies.stream().filter(copy -> copy != ended).toList();
  }

  /**
   * Applies a mutation if it is newer than what is held of its key.
   *
   * @return whether it was; if not, it was skipped, for this one or a newer one is there already
   */
  boolean apply(Mutation mutation) {
    Entry held = entries.get(mutation.key());
    if (held != null && !held.isOlderThan(mutation)) {
      return false;
    }
    replace(mutation.key(), held, entryOf(mutation));
    return true;
  }

  /**
   * Applies those of one write's mutations that are newer than what is held of their keys, each of
   * another key, at one moment.
   *
   * @return those that were
   */
  List<Mutation> applyTogether(List<Mutation> write) {
    List<Mutation> newer = new ArrayList<>();
    List<Entry> made = new ArrayList<>();
    for (Mutation mutation : write) {
      Entry held = entries.get(mutation.key());
      if (held == null || held.isOlderThan(mutation)) {
        newer.add(mutation);
        made.add(entryOf(mutation));
      }
    }
    replaceTogether(newer, made);
    return newer;
  }

  /** Puts the mutation in place of whatever is held of its key. */
  void put(Mutation mutation) {
    replace(mutation.key(), entries.get(mutation.key()), entryOf(mutation));
  }

  /**
   * Applies a mutation that is newer than all, keeping the newest confirmed entry of its key behind
   * it.
   */
  void give(Mutation mutation) {
    Entry held = entries.get(mutation.key());
    replace(mutation.key(), held, given(mutation, held));
  }

  /** Applies the mutations of one write, each of another key, in the same way, at one moment. */
  void giveTogether(List<Mutation> write) {
    List<Entry> made = new ArrayList<>();
    for (Mutation mutation : write) {
      made.add(given(mutation, entries.get(mutation.key())));
    }
    replaceTogether(write, made);
  }

  private Entry given(Mutation mutation, @Nullable Entry held) {
    Entry given = entryOf(mutation);
    given.setConfirmed(held == null ? null : confirmed(held));
    return given;
  }

  /**
   * Shows a given mutation to confirmed readers, unless they see a newer one of its key already.
   */
  void confirm(Mutation mutation) {
    confirm(mutation, false);
  }

  /** Shows the given mutations of one write in the same way, at one moment. */
  void confirmTogether(List<Mutation> write) {
    write.forEach(mutation -> confirm(mutation, true));
    nextMoment();
    for (Mutation mutation : write) {
      Entry held = entries.get(mutation.key());
      if (held != null) {
        held.setConfirmed(present(held.confirmed()));
      }
    }
  }

  private void confirm(Mutation mutation, boolean veiled) {
    Entry held = entries.get(mutation.key());
    if (held == null) {
      return;
    }
    Entry confirmed = confirmed(held);
    if (confirmed == null || confirmed.isOlderThan(mutation)) {
      Entry shown = held.is(mutation) ? held : entryOf(mutation);
      held.setConfirmed(veiled ? new Entry.Veiled(shown, confirmed, moment + 1) : shown);
    }
  }

  /** All that was put in its place for the next moment is there with this. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void nextMoment() {
    moment++;
  }

  /** Removes everything. */
  void clear() {
    for (Map.Entry<Key, Entry> held : entries.entrySet()) {
      remove(held.getKey(), held.getValue().epoch(), held.getValue().version());
    }
    receipts.retain(Set.of());
  }

  /** Removes the key if what is held of it is exactly this version. */
  void remove(Key key, long epoch, long version) {
    Entry held = entries.get(key);
    if (held != null && held.epoch() == epoch && held.version() == version) {
      for (StoreCopy copy : copies) {
        copy.removing(key, held);
      }
      entries.remove(key);
      index.remove(key);
      expiries.replaced(key, held, null);
      count(key, held, -1);
    }
  }

  /**
   * The keys held when it was made, and perhaps some that came since; read what is held of each as
   * it is reached.
   */
  Iterator<Key> keyIterator() {
    return entries.keySet().iterator();
  }

  /**
   * Shows the keys at or after a bound, tombstones included, in byte order, as they are when this
   * is called, until the taker wants no more. Any thread; read what is held of each as it is
   * reached.
   */
  void walk(Key from, Predicate<Key> taker) {
    index.walk(from, taker);
  }

  private Entry entryOf(Mutation mutation) {
    if (epoch.number() != mutation.epoch()) {
      epoch = new Entry.Epoch(mutation.epoch());
    }
    return Entry.of(mutation, epoch);
  }

  private void replace(Key key, @Nullable Entry held, Entry entry) {
    replace(key, held, entry, entry);
  }

  /**
   * @param placed what readers find from now on, which stands for {@code entry}
   */
  private void replace(Key key, @Nullable Entry held, Entry entry, Entry placed) {
    for (StoreCopy copy : copies) {
      copy.replacing(key, held);
    }
    entries.put(key, placed);
    if (held == null) {
      index.add(key);
    } else {
      count(key, held, -1);
    }
    expiries.replaced(key, held, entry);
    count(key, entry, 1);
  }

  /** Puts the entries in the places of what is held of the mutations' keys, at one moment. */
  private void replaceTogether(List<Mutation> mutations, List<Entry> made) {
    for (int i = 0; i < made.size(); i++) {
      Key key = mutations.get(i).key();
      Entry held = entries.get(key);
      replace(key, held, made.get(i), new Entry.Veiled(made.get(i), held, moment + 1));
    }
    nextMoment();
    for (int i = 0; i < made.size(); i++) {
      entries.put(mutations.get(i).key(), made.get(i));
    }
  }

  /** When values end. Of the owner. */
  Expiries expiries() {
    return expiries;
  }

  /**
   * The receipts as they are now, see {@link Attributes#receiptOnly}, oldest first. Of the owner.
   */
  public List<Mutation> receiptsNow() {
    return receipts.all();
  }

  /** Of the owner. */
  Receipts receipts() {
    return receipts;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void count(Key key, Entry entry, int change) {
    sizeBytes += change * sizeBytes(key, entry);
    if (entry.isTombstone()) {
      tombstones += change;
    } else {
      keys += change;
    }
  }
}
