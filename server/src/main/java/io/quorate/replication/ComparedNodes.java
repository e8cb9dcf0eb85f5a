package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.replication.DigestFormat.Bucket;
import io.quorate.replication.DigestFormat.BucketSums;
import io.quorate.replication.DigestFormat.Held;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The leader and its followers as a {@link ConvergenceCheck} asks them, from a thread that is not
 * the leader's.
 */
final class ComparedNodes implements ConvergenceCheck.Nodes {

  /** A follower that is level answers within it, unless it holds very much. */
  private static final long LAST_MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final Leader leader;
  private final List<FollowerLink> links;
  private final Supplier<ConvergenceCheck.Standing> standing;
  private final long deadlineNanos;

  /**
   * Asks them through the links, as long as the leadership lasts.
   *
   * @param links of this leadership, in the order of the followers
   * @param standing called on the leader's loop
   * @param deadlineNanos when to stop waiting for followers, but for a last moment that each gets
   */
  ComparedNodes(
      EventLoop loop,
      Leader leader,
      List<FollowerLink> links,
      Supplier<ConvergenceCheck.Standing> standing,
      long deadlineNanos) {
    this.loop = loop;
    this.leader = leader;
    this.links = links;
    this.standing = standing;
    this.deadlineNanos = deadlineNanos;
  }

  @Override
  public ConvergenceCheck.Standing standing() {
    return onLoop(standing);
  }

  @Override
  public BucketSums leaderSums() {
    long applied = lastVersion();
    StoreDigester digester = StoreDigester.of(leader.store());
    return BucketSums.of(leadership(), digester, applied, lastVersion());
  }

  private long lastVersion() {
    return onLoop(leader::lastVersion);
  }

  private Leadership leadership() {
    return onLoop(leader::leadership);
  }

  private <T> T onLoop(Supplier<T> read) {
    return CompletableFuture.supplyAsync(read, loop).join();
  }

  @Override
  public Optional<BucketSums> followerSums(int follower) {
    return ask(follower, DigestFormat.DIGESTS, new byte[0], DigestFormat::readSums);
  }

  @Override
  public Map<Key, Held> leaderBucket(int bucket) {
    ByteBuf written = Unpooled.buffer();
    DigestFormat.writeBucket(written, leadership(), leader.store(), bucket);
    return DigestFormat.readBucket(written).held();
  }

  @Override
  public Optional<Map<Key, Held>> followerBucket(int follower, int bucket) {
    return ask(follower, DigestFormat.BUCKET, new byte[] {(byte) bucket}, DigestFormat::readBucket)
        .filter(answer -> answer.leadership().equals(leadership()))
        .map(Bucket::held);
  }

  /** Blocks until the follower has answered, its link has given it up, or the time is over. */
  private <T> Optional<T> ask(int follower, String path, byte[] body, Function<ByteBuf, T> reader) {
    try {
      byte[] answer =
          CompletableFuture.completedFuture(path)
              .thenComposeAsync(asked -> askHere(follower, asked, body), loop)
              .orTimeout(patienceNanos(), TimeUnit.NANOSECONDS)
              .join();
      return Optional.of(reader.apply(Unpooled.wrappedBuffer(answer)));
    } catch (CompletionException | CorruptedFrameException noAnswer) {
      return Optional.empty();
    }
  }

  /** A link that was closed is watched by nobody: it is not asked. */
  private CompletableFuture<byte[]> askHere(int follower, String path, byte[] body) {
    return standing.get().leading()
        ? links.get(follower).ask(path, Unpooled.wrappedBuffer(body))
        : CompletableFuture.failedFuture(new IllegalStateException("the leadership has ended"));
  }

  private long patienceNanos() {
    return Math.max(LAST_MOMENT_NANOS, deadlineNanos - System.nanoTime());
  }
}
