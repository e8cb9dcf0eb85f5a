package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Leadership;
import io.quorate.core.Node;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.replication.Replica.ReplicationAnswer;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import io.quorate.replication.ReportFormat.NodeReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of other nodes: takes them to the core's loop, and its answers back as bytes. */
final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private final EventLoop loop;
  private final Node core;
  private final Identity identity;
  private final Consumer<LeaderCard> followed;
  private final Digests digests;
  private final Runnable heard;

  /** The leader that was heard from last; null before the first. Written by the loop. */
  private volatile @Nullable LeaderCard leader;

  /**
   * @param followed told whenever another leader is followed
   * @param heard told after each request to the core, which may have changed the state
   */
  Requests(
      EventLoop loop,
      Node core,
      Identity identity,
      Digests digests,
      Consumer<LeaderCard> followed,
      Runnable heard) {
    this.loop = loop;
    this.core = core;
    this.identity = identity;
    this.followed = followed;
    this.digests = digests;
    this.heard = heard;
  }

  CompletionStage<ReplicationAnswer> answer(String path, ByteBuf body) {
    if (loop.inEventLoop()) {
      return answerHere(path, body);
    }
    return CompletableFuture.supplyAsync(() -> answerHere(path, body), loop)
        .thenCompose(Function.identity());
  }

  private CompletionStage<ReplicationAnswer> answerHere(String path, ByteBuf body) {
    assert loop.inEventLoop();
    long now = System.nanoTime();
    Answering answering = new Answering();
    try {
      switch (path) {
        case ReplicationFormat.HELLO -> hello(ReplicationFormat.readHello(body), answering, now);
        case ReplicationFormat.APPEND ->
            core.onAppend(ReplicationFormat.readAppend(body), answering, now);
        case ReplicationFormat.SNAPSHOT ->
            core.onSnapshot(ReplicationFormat.readSnapshot(body), answering, now);
        case ReplicationFormat.GRANT ->
            core.onGrant(ReplicationFormat.readGrant(body), answering, now);
        case ReplicationFormat.PULL ->
            core.onPull(ReplicationFormat.readPull(body), answering::pulled);
        case ReplicationFormat.INVITE ->
            core.onInvite(ReplicationFormat.readInvite(body), answering, now);
        case DigestFormat.DIGESTS -> {
          return digests.answerSums();
        }
        case DigestFormat.BUCKET -> {
          return digests.answerBucket(Bytes.need(body, 1).readUnsignedByte());
        }
        default -> {
          return empty(404);
        }
      }
    } catch (CorruptedFrameException malformed) {
      LOG.warn("refused a request of a node: {}", malformed.getMessage());
      return empty(400);
    } finally {
      body.release();
    }
    heard.run();
    return answering.answered;
  }

  private static CompletionStage<ReplicationAnswer> empty(int status) {
    return CompletableFuture.completedStage(new ReplicationAnswer(status, Unpooled.EMPTY_BUFFER));
  }

  private void hello(HelloMessage message, Consumer<Report> answer, long now) {
    LeaderCard card = message.card();
    Leadership leadership = message.hello().leadership();
    core.onHello(message.hello(), card.url(), card.members(), answer, now);
    boolean followed = core.leader() == null && core.state().granted().equals(leadership);
    if (followed && leadership.epoch() > 0) {
      note(card);
    }
  }

  private void note(LeaderCard card) {
    LeaderCard before = leader;
    leader = card;
    if (before == null || !before.id().equals(card.id())) {
      followed.accept(card);
    }
  }

  /** The leader that was heard from last; null before the first. Any thread. */
  @Nullable LeaderCard leader() {
    return leader;
  }

  /** Turns what the core answers, now or once its disk has settled it, into bytes. */
  private final class Answering implements Consumer<Report> {
    private final CompletableFuture<ReplicationAnswer> answered = new CompletableFuture<>();

    @Override
    public void accept(Report report) {
      ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
      ReportFormat.write(body, new NodeReport(report, identity.id()));
      int status = report.verdict() == Report.Verdict.ACCEPTED ? 200 : 409;
      answered.complete(new ReplicationAnswer(status, body));
    }

    void pulled(@Nullable SnapshotChunk chunk) {
      if (chunk == null) {
        answered.complete(new ReplicationAnswer(409, Unpooled.EMPTY_BUFFER));
        return;
      }
      ByteBuf body = ByteBufAllocator.DEFAULT.buffer();
      ReplicationFormat.writeSnapshot(body, chunk);
      answered.complete(new ReplicationAnswer(200, body));
    }
  }
}
