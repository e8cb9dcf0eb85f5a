package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.quorate.core.Node;
import io.quorate.replication.DigestFormat.BucketSums;
import io.quorate.replication.Replica.ReplicationAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Digests of what a node holds, computed from the stored bytes on a thread of their own. */
final class Digests {

  private final EventLoop loop;
  private final Node core;
  private final Background background = new Background("digest");

  Digests(EventLoop loop, Node core) {
    this.loop = loop;
    this.core = core;
  }

  /** For clients. */
  CompletionStage<StoreDigest> digest(String nodeId) {
    return sums()
        .thenApply(
            sums ->
                new StoreDigest(
                    nodeId, sums.appliedVersion(), sums.lastVersion(), sums.keys(), sums.digest()));
  }

  /** For a leader that compares. */
  CompletionStage<ReplicationAnswer> answerSums() {
    return sums().thenApply(sums -> ok(body -> DigestFormat.writeSums(body, sums)));
  }

  CompletionStage<ReplicationAnswer> answerBucket(int bucket) {
    return background.call(() -> ok(body -> DigestFormat.writeBucket(body, core.store(), bucket)));
  }

  private static ReplicationAnswer ok(Consumer<ByteBuf> writer) {
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
    writer.accept(body);
    return new ReplicationAnswer(200, body);
  }

  /** The applied version is read before the store and the last version after it, by their owner. */
  private CompletionStage<BucketSums> sums() {
    return CompletableFuture.supplyAsync(core::appliedVersion, loop)
        .thenCompose(
            applied ->
                background
                    .call(() -> StoreDigester.of(core.store()))
                    .thenCompose(
                        digester ->
                            CompletableFuture.supplyAsync(core::lastVersion, loop)
                                .thenApply(last -> BucketSums.of(digester, applied, last))));
  }
}
