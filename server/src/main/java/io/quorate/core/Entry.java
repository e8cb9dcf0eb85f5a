package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a store holds of one key: the newest value applied, or a tombstone, and on the leader the
 * newest confirmed one behind it. Read by any thread; {@link #confirmed} is written by the store's
 * owner alone.
 */
public final class Entry {

  private final byte @Nullable [] value;
  private final long epoch;
  private final long version;

  /**
   * The newest confirmed entry of the key: this one, an older one, or null when none is. Only the
   * leader sets it.
   */
  private volatile @Nullable Entry confirmed;

  private Entry(byte @Nullable [] value, long epoch, long version) {
    this.value = value;
    this.epoch = epoch;
    this.version = version;
  }

  static Entry of(Mutation mutation) {
    return new Entry(mutation.value(), mutation.epoch(), mutation.version());
  }

  /** The stored bytes, not to be written to; null for a tombstone. */
  public byte @Nullable [] value() {
    return value;
  }

  public boolean isTombstone() {
    return value == null;
  }

  public long epoch() {
    return epoch;
  }

  public long version() {
    return version;
  }

  public Token token() {
    return new Token(epoch, version);
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
    return Token.newer(mutation.epoch(), mutation.version(), epoch, version);
  }

  boolean is(Mutation mutation) {
    return epoch == mutation.epoch() && version == mutation.version();
  }

  Mutation toMutation(Key key) {
    return new Mutation(key, value, epoch, version);
  }
}
