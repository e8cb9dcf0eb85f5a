package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What a store holds of one key: the newest value applied, or a tombstone, and on the leader the
 * newest confirmed one behind it. Read by any thread; {@link #confirmed} is written by the store's
 * owner alone.
 */
public class Entry {

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
    return mutation.attributes().expiresAtMillis() == 0
        ? new Entry(mutation.value(), epoch, mutation.version())
        : new Ending(mutation, epoch);
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

  /** Wall time at which the value ends; 0 where it does not. */
  public long expiresAtMillis() {
    return 0;
  }

  /**
   * The newest entry of the key that reached its quorum, possibly a tombstone; null when none has.
   * It may be {@link Veiled}.
   */
  @Nullable Entry confirmed() {
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

  /** What leaves this in a store. */
  public Mutation toMutation(Key key) {
    return new Mutation(key, value, epoch.number(), version, attributes());
  }

  Attributes attributes() {
    return Attributes.NONE;
  }

  /** One whose value ends. */
  static final class Ending extends Entry {
    private final long expiresAtMillis;
    private final byte required;

    Ending(Mutation mutation, Epoch epoch) {
      super(mutation.value(), epoch, mutation.version());
      this.expiresAtMillis = mutation.attributes().expiresAtMillis();
      this.required = (byte) mutation.attributes().required();
    }

    @Override
    public long expiresAtMillis() {
      return expiresAtMillis;
    }

    /** Follower acknowledgements that its write asked for. */
    int required() {
      return required;
    }

    @Override
    Attributes attributes() {
      return Attributes.ending(required, expiresAtMillis);
    }
  }

  /**
   * Takes the place of another at the moment at which all of its write do: until then who meets it
   * sees what was there before. The store's owner puts itself in its place right after.
   */
  static final class Veiled extends Entry {
    private final Entry now;
    private final @Nullable Entry before;
    private final long moment;

    Veiled(Entry now, @Nullable Entry before, long moment) {
      super(now.value, now.epoch, now.version);
      this.now = now;
      this.before = before;
      this.moment = moment;
    }

    @Override
    public long expiresAtMillis() {
      return now.expiresAtMillis();
    }

    @Override
    Attributes attributes() {
      return now.attributes();
    }

    /** What is there at this moment of the store. */
    @Nullable Entry at(long presentMoment) {
      return presentMoment >= moment ? now : before;
    }
  }
}
