package io.quorate.replication;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quorate.core.Hello;
import io.quorate.core.Leader;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Outbox;
import io.quorate.core.SnapshotChunk;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The leader's links, one per follower: the port of its core. Owned by the leader's loop. */
final class Links implements Outbox {

  private final EventLoop loop;
  private final Class<? extends Channel> channelType;
  private final List<URI> urls;
  private final int connectionsPerLink;
  private final long timeoutNanos;
  private final SplittableRandom random;
  private final List<FollowerLink> links = new ArrayList<>();
  private @Nullable Supplier<LeaderCard> card;

  Links(
      EventLoop loop,
      Class<? extends Channel> channelType,
      List<URI> urls,
      int connectionsPerLink,
      LeaderLimits limits,
      long seed) {
    this.loop = loop;
    this.channelType = channelType;
    this.urls = List.copyOf(urls);
    this.connectionsPerLink = connectionsPerLink;
    this.timeoutNanos = limits.linkTimeoutNanos();
    this.random = new SplittableRandom(seed);
  }

  /** Makes the links; before it the core may not call. */
  void open(Leader leader, Settings settings, Supplier<LeaderCard> leaderCard) {
    card = leaderCard;
    NameResolver resolver = new NameResolver(timeoutNanos);
    BatchEncoder encoder = new BatchEncoder(leader);
    for (URI url : urls) {
      links.add(
          new FollowerLink(
              links.size(),
              url,
              loop,
              leader,
              new LinkPool(loop, channelType, resolver, url, timeoutNanos),
              encoder,
              new InjectedDelay(random.split(), settings),
              connectionsPerLink,
              timeoutNanos));
    }
  }

  int size() {
    return urls.size();
  }

  FollowerLink get(int follower) {
    return links.get(follower);
  }

  List<String> urls() {
    return urls.stream().map(URI::toString).toList();
  }

  void change(Settings settings) {
    links.forEach(link -> link.delay().change(settings));
  }

  void expire(long nowNanos) {
    links.forEach(link -> link.expire(nowNanos));
  }

  void close() {
    links.forEach(FollowerLink::close);
  }

  @Override
  public void openSession(int follower, long session) {
    links.get(follower).openSession(session);
  }

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {
    Supplier<LeaderCard> known = card;
    if (known == null) {
      throw new IllegalStateException("the links are not open");
    }
    links.get(follower).hello(helloNumber, new HelloMessage(hello, known.get()));
  }

  @Override
  public void append(int follower, Life life, Mutation mutation) {
    links.get(follower).append(life, mutation);
  }

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {
    links.get(follower).snapshot(chunk);
  }
}
