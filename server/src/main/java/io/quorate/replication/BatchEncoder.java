package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.quorate.core.Mutation;
import java.util.List;

/**
 * Encodes the mutations of a batch once, though several followers are sent the same. Owned by the
 * leader's loop. Within one leadership a version names its mutation, so that two batches of
 * consecutive versions with the same ends are the same.
 */
final class BatchEncoder {

  private final ByteBufAllocator allocator;
  private ByteBuf latest = Unpooled.EMPTY_BUFFER;
  private long latestFirst;
  private long latestLast;

  BatchEncoder(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * The mutations, at least one, in the format of {@link Bytes}; the caller releases what it gets.
   */
  ByteBuf encode(List<Mutation> mutations) {
    long first = mutations.get(0).version();
    long last = mutations.get(mutations.size() - 1).version();
    boolean consecutive = isConsecutive(mutations);
    if (consecutive && first == latestFirst && last == latestLast) {
      return latest.retainedDuplicate();
    }
    ByteBuf encoded = allocator.buffer(sizeBytes(mutations));
    Bytes.writeMutations(encoded, mutations);
    if (consecutive) {
      latest.release();
      latest = encoded.retainedDuplicate();
      latestFirst = first;
      latestLast = last;
    }
    return encoded;
  }

  private static boolean isConsecutive(List<Mutation> mutations) {
    long expected = mutations.get(0).version();
    for (Mutation mutation : mutations) {
      if (mutation.version() != expected) {
        return false;
      }
      expected++;
    }
    return true;
  }

  private static int sizeBytes(List<Mutation> mutations) {
    int bytes = Integer.BYTES;
    for (Mutation mutation : mutations) {
      bytes += mutation.sizeBytes();
    }
    return bytes;
  }
}
