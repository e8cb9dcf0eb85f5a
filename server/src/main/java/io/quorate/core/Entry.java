package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a store holds of one key: the newest value applied, or a tombstone, and on the leader the
 * newest confirmed one behind it. Read by any thread; {@link #confirmed} is written by the store's
 * owner alone.
 */
public final class Entry {

  private final byte @Nullable [] value;
  private final Epoch epoch;
  private final long version;

  /**
   * The newest confirmed entry of the key: this one, an older one, or null when none is. Only the
   * leader sets it.
   */
  private volatile @Nullable Entry confirmed;

  private Entry(byte @Nullable [] value, Epoch epoch, long version) {
    this.value = value;
    this.epoch = epoch;
    this.version = version;
  }

  /** What the mutation leaves in a store; {@code epoch} is the mutation's. */
  static Entry of(Mutation mutation, Epoch epoch) {
    return new Entry(mutation.value(), epoch, mutation.version());
  }

  /** The stored bytes, not to be written to; null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }

  public boolean isTombstone() {
    return value == null;
  }

  public long epoch() {
    return epoch.number();
  }

  public long version() {
    return version;
  }

  public Token token() {
    return new Token(epoch.number(), version);
  }

  /**
   * The newest entry of the key that reached its quorum, possibly a tombstone; null when none has.
   */
  public @Nullable Entry confirmed() {
    return confirmed;
  }

  void setConfirmed(@Nullable Entry entry) {
    confirmed = entry;
  }

  boolean isOlderThan(Mutation mutation) {
    return Token.newer(mutation.epoch(), mutation.version(), epoch.number(), version);
  }

  boolean is(Mutation mutation) {
    return epoch.number() == mutation.epoch() && version == mutation.version();
  }

  /**
   * The number of a leadership, one object for all entries that a store takes of it: a reference in
   * each of them is half as long as the number.
   */
  record Epoch(long number) {}

  Mutation toMutation(Key key) {
    return new Mutation(key, value, epoch.number(), version);
  }
}
