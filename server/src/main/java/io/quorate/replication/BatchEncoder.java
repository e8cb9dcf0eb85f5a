package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Leader;
import io.quorate.core.Mutation;
import io.quorate.core.MutationBytes;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes batches of mutations. Each mutation was encoded once, when it was given: what the leader
 * still holds of that is copied, for every follower and whatever the ends of its batches, as one
 * piece where versions follow each other. Owned by the leader's loop.
 */
final class BatchEncoder {

  private final Supplier<Leader> leader;

  BatchEncoder(Supplier<Leader> leader) {
    this.leader = leader;
  }

  /** Writes the mutations, of the leadership, in the format of {@link Bytes}. */
  void encode(List<Mutation> mutations, ByteBuf out) {
    out.writeInt(mutations.size());
    MutationBytes.Sink sink = out::writeBytes;
    int begin = 0;
    while (begin < mutations.size()) {
      int end = endOfRun(mutations, begin);
      long first = mutations.get(begin).version();
      if (!leader.get().encoded(first, first + end - begin - 1, sink)) {
        mutations.subList(begin, end).forEach(mutation -> Bytes.writeMutation(out, mutation));
      }
      begin = end;
    }
  }

  /** The index after the last of the versions that follow each other from {@code begin} on. */
  private static int endOfRun(List<Mutation> mutations, int begin) {
    int end = begin + 1;
    while (end < mutations.size()
        && mutations.get(end).version() == mutations.get(end - 1).version() + 1) {
      end++;
    }
    return end;
  }
}
