package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.quorate.core.Mutation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A follower on loopback that notes when each version first arrived, and in which order. */
final class RecordingFollower {

  /** Versions in the order of their arrival. */
  final List<Long> arrivals = new CopyOnWriteArrayList<>();

  /** When each arrived, {@link System#nanoTime}. */
  final Map<Long, Long> arrivedNanos = new ConcurrentHashMap<>();

  final LoopbackNode node;

  RecordingFollower(EventLoop loop, long seed) {
    node = new LoopbackNode(loop, "f" + seed, seed, this::note).follow();
  }

  private void note(String path, ByteBuf body) {
    if (!path.equals(ReplicationFormat.APPEND)) {
      return;
    }
    for (Mutation mutation : ReplicationFormat.readAppend(body).mutations()) {
      if (arrivedNanos.putIfAbsent(mutation.version(), System.nanoTime()) == null) {
        arrivals.add(mutation.version());
      }
    }
  }
}
