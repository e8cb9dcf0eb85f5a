package io.quorate.core;

import org.jspecify.annotations.Nullable;

/** One put or delete with its version: what travels from the leader to its followers. Immutable. */
public final class Mutation {

  /** What one mutation costs in memory and on a link beyond its key and value, about. */
  private static final int OVERHEAD_BYTES = 64;

  private final Key key;
  private final byte @Nullable [] value;
  private final long epoch;
  private final long version;
  private final Attributes attributes;

  /** A put of {@code value}, or a delete where it is null. The value's bytes are taken over. */
  public Mutation(Key key, byte @Nullable [] value, long epoch, long version) {
    this(key, value, epoch, version, Attributes.NONE);
  }

  /** The same, with attributes. */
  public Mutation(
      Key key, byte @Nullable [] value, long epoch, long version, Attributes attributes) {
    this.key = key;
    this.value = value;
    this.epoch = epoch;
    this.version = version;
    this.attributes = attributes;
  }

  public Key key() {
    return key;
  }

  /** The value's own bytes, not to be written to; null where there is none. */
  public byte @Nullable [] value() {
    return value;
  }

  public boolean isDelete() {
    return value == null && !attributes.receiptOnly();
  }

  public Attributes attributes() {
    return attributes;
  }

  /** What is kept of it when only its receipt is; it has one. */
  Mutation onlyReceipt() {
    return new Mutation(key, null, epoch, version, attributes.onlyReceipt());
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

  /** Bytes that this mutation is counted with wherever a limit is in bytes. */
  public int sizeBytes() {
    return OVERHEAD_BYTES + MutationBytes.sizeBytes(this) - MutationBytes.HEADER_BYTES;
  }

  @Override
  public String toString() {
    return (attributes.receiptOnly() ? "receipt of " : value == null ? "delete " : "put ")
        + key
        + " @"
        + epoch
        + "."
        + version;
  }
}
