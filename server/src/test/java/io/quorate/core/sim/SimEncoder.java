package io.quorate.core.sim;

import io.quorate.core.Leader;
import io.quorate.core.Mutation;
import io.quorate.core.MutationBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Sends batches as the shell does: from the bytes that the leader holds, where it still does. */
final class SimEncoder {

  private SimEncoder() {}

  /** The batch as its follower reads it. */
  static List<Mutation> asSent(Leader leader, List<Mutation> batch) {
    List<Mutation> sent = new ArrayList<>();
    int begin = 0;
    while (begin < batch.size()) {
      int end = begin + 1;
      while (end < batch.size() && batch.get(end).version() == batch.get(end - 1).version() + 1) {
        end++;
      }
      long first = batch.get(begin).version();
      if (!leader.encoded(
          first, first + end - begin - 1, (array, from, bytes) -> read(array, from, bytes, sent))) {
        sent.addAll(batch.subList(begin, end));
      }
      begin = end;
    }
    return sent;
  }

  private static void read(byte[] array, int from, int bytes, List<Mutation> out) {
    ByteBuffer in = ByteBuffer.wrap(array);
    int at = from;
    while (at < from + bytes) {
      out.add(MutationBytes.read(in, at));
      at += MutationBytes.sizeBytes(in, at);
    }
  }
}
