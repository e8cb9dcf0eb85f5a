package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.quorate.core.Leadership;
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

  /** For a leader that looks for differences; 409 when another leadership was entered meanwhile. */
  CompletionStage<ReplicationAnswer> answerBucket(int bucket) {
    return entered()
        .thenCompose(
            before ->
                background
                    .call(
                        () ->
                            ok(
                                body ->
                                    DigestFormat.writeBucket(body, before, core.store(), bucket)))
                    .thenCompose(
                        answer ->
                            entered()
                                .thenApply(
                                    after -> after.equals(before) ? answer : takenBack(answer))));
  }

  private CompletionStage<Leadership> entered() {
    return CompletableFuture.supplyAsync(() -> core.state().reign().leadership(), loop);
  }

  private static ReplicationAnswer takenBack(ReplicationAnswer answer) {
    answer.body().release();
    return new ReplicationAnswer(409, Unpooled.EMPTY_BUFFER);
  }

  private static ReplicationAnswer ok(Consumer<ByteBuf> writer) {
    ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
    writer.accept(body);
    return new ReplicationAnswer(200, body);
  }

  /** The applied version is read before the store and the last version after it, by their owner. */
  private CompletionStage<BucketSums> sums() {
    return CompletableFuture.supplyAsync(this::begin, loop)
        .thenCompose(
            begun ->
                background
                    .call(() -> StoreDigester.of(core.store()))
                    .thenApplyAsync(digester -> end(begun, digester), loop));
  }

  /** What was so before the store was read. */
  private record Begun(Leadership leadership, long appliedVersion) {}

  private Begun begin() {
    return new Begun(core.state().reign().leadership(), core.appliedVersion());
  }

  private BucketSums end(Begun begun, StoreDigester digester) {
    boolean same = core.state().reign().leadership().equals(begun.leadership());
    return BucketSums.of(
        same ? begun.leadership() : Leadership.NONE,
        digester,
        begun.appliedVersion(),
        core.lastVersion());
  }
}
