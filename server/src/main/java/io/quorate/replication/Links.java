package io.quorate.replication;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.quorate.core.GrantRequest;
import io.quorate.core.Hello;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Outbox;
import io.quorate.core.Pull;
import io.quorate.core.SnapshotChunk;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The links to all other nodes, there while this node leads or asks to: the port of its core. Owned
 * by the core's loop.
 */
final class Links implements Outbox {

  private final EventLoop loop;
  private final Class<? extends Channel> channelType;
  private final int connectionsPerLink;
  private final long timeoutNanos;
  private final SplittableRandom random;
  private final Identity identity;
  private final List<FollowerLink> links = new ArrayList<>();
  private @Nullable Node core;
  private Settings settings;

  Links(
      EventLoop loop,
      Class<? extends Channel> channelType,
      Identity identity,
      int connectionsPerLink,
      long timeoutNanos,
      Settings settings,
      long seed) {
    this.loop = loop;
    this.channelType = channelType;
    this.identity = identity;
    this.connectionsPerLink = connectionsPerLink;
    this.timeoutNanos = timeoutNanos;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
  }

  /** Before it, the core may not call. */
  void serve(Node newCore) {
    core = newCore;
  }

  private Node core() {
    return Objects.requireNonNull(core, "the links serve no core yet");
  }

  private Leader leader() {
    return Objects.requireNonNull(core().leader(), "this node does not lead");
  }

  private Membership members() {
    return Objects.requireNonNull(core().state().membership(), "no cluster is known");
  }

  @Override
  public void open(List<String> urls) {
    close();
    NameResolver resolver = new NameResolver(timeoutNanos);
    BatchEncoder encoder = new BatchEncoder(this::leader);
    for (String text : urls) {
      URI url = URI.create(text);
      links.add(
          new FollowerLink(
              links.size(),
              url,
              loop,
              core(),
              this::leader,
              new LinkPool(loop, channelType, resolver, url, timeoutNanos),
              encoder,
              new InjectedDelay(random.split(), settings),
              connectionsPerLink,
              timeoutNanos));
    }
  }

  @Override
  public void close() {
    List<FollowerLink> closed = List.copyOf(links);
    links.clear();
    closed.forEach(FollowerLink::close);
  }

  /** Those that are there now, in the order of the followers. */
  List<FollowerLink> present() {
    return List.copyOf(links);
  }

  FollowerLink get(int follower) {
    return links.get(follower);
  }

  /** The settings that links made from now on have, and those that are there. */
  void change(Settings newSettings) {
    settings = newSettings;
    links.forEach(link -> link.delay().change(newSettings));
  }

  void expire(long nowNanos) {
    List.copyOf(links).forEach(link -> link.expire(nowNanos));
  }

  @Override
  public void openSession(int follower, long session) {
    links.get(follower).openSession(session);
  }

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {
    links.get(follower).hello(helloNumber, new HelloMessage(hello, card(follower)));
  }

  /** Tells the node which of the cluster's it is: this one is not among the links. */
  private LeaderCard card(int follower) {
    Membership members = members();
    int which = follower < members.self() ? follower : follower + 1;
    return new LeaderCard(
        identity.id(),
        identity.advertiseUrl(),
        new Membership(
            members.urls(),
            which,
            settings.writeQuorum(),
            settings.minDelayNanos(),
            settings.maxDelayNanos()));
  }

  @Override
  public void append(int follower, Life life, List<Mutation> write) {
    links.get(follower).append(life, write);
  }

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {
    links.get(follower).snapshot(chunk);
  }

  @Override
  public void grant(int follower, long number, GrantRequest request) {
    links.get(follower).grant(number, request);
  }

  @Override
  public void pull(int follower, long number, Pull pull) {
    links.get(follower).pull(number, pull);
  }

  @Override
  public void invite(int follower, Leadership leadership) {
    links.get(follower).invite(leadership);
  }
}
