package io.quorate.core;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store exactly as it was at one moment, read by another thread while its owner goes on writing:
 * what is replaced or removed is kept here before it is, until the copy is ended.
 *
 * <p>Behind the entries come the {@link Attributes#receiptOnly receipts}.
 *
 * <p>The owner keeps first and changes then; the reader reads first and looks here then: what it
 * finds changed, it finds here as it was. What was removed may be shown twice.
 */
public final class StoreCopy implements Iterator<Mutation> {

  private static final long ENTRY_BYTES = 128;

  /** As it was before its first change; empty where nothing was. */
  private final ConcurrentHashMap<Key, Optional<Entry>> changed = new ConcurrentHashMap<>();

  /** Those of them that the store may not show any more. */
  private final ConcurrentHashMap<Key, Entry> removed = new ConcurrentHashMap<>();

  private final Iterator<Map.Entry<Key, Entry>> entries;
  private final Iterator<Mutation> receipts;
  private final long limitBytes;
  private @Nullable Iterator<Map.Entry<Key, Entry>> remaining;
  private @Nullable Mutation next;

  /** Bytes kept here, about. Written by the store's owner. */
  private volatile long keptBytes;

  StoreCopy(Store store, long limitBytes) {
    this.limitBytes = limitBytes;
    this.entries = store.entries().iterator();
    this.receipts = store.receiptsNow().iterator();
  }

  /** The owner is about to put something else in the place of what it holds of the key. */
  void replacing(Key key, @Nullable Entry held) {
    keep(key, held);
  }

  /** The owner is about to remove what it holds of the key. */
  void removing(Key key, Entry held) {
    keep(key, held);
    Optional<Entry> before = changed.get(key);
    if (before != null && before.isPresent()) {
      removed.put(key, before.get());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  private void keep(Key key, @Nullable Entry held) {
    if (isOverfull()) {
      return;
    }
    if (changed.putIfAbsent(key, Optional.ofNullable(held)) == null) {
      byte[] value = held == null ? null : held.value();
      keptBytes += ENTRY_BYTES + key.bytes().length + (value == null ? 0 : value.length);
    }
  }

  /**
   * Whether more was changed meanwhile than may be kept: it cannot go on, and what was read since
   * this was last false may be wrong.
   */
  public boolean isOverfull() {
    return keptBytes > limitBytes;
  }

  /** Bytes that are kept for it, about. */
  long keptBytes() {
    return keptBytes;
  }

  @Override
  public boolean hasNext() {
    while (next == null && entries.hasNext()) {
      Map.Entry<Key, Entry> held = entries.next();
      Optional<Entry> before = changed.get(held.getKey());
      Entry then = before == null ? held.getValue() : before.orElse(null);
      next = then == null ? null : then.toMutation(held.getKey());
    }
    if (next == null) {
      Iterator<Map.Entry<Key, Entry>> rest =
          remaining == null ? removed.entrySet().iterator() : remaining;
      remaining = rest;
      if (rest.hasNext()) {
        Map.Entry<Key, Entry> held = rest.next();
        next = held.getValue().toMutation(held.getKey());
      } else if (receipts.hasNext()) {
        next = receipts.next();
      }
    }
    return next != null;
  }

  @Override
  public Mutation next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Mutation found = next;
    next = null;
    return found;
  }
}
