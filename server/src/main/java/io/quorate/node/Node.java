package io.quorate.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.quorate.http.HttpServer;
import io.quorate.replication.Fatal;
import io.quorate.replication.FollowerNode;
import io.quorate.replication.Identity;
import io.quorate.replication.LeaderNode;
import io.quorate.replication.Replica;
import io.quorate.replication.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running node: its event loops, its replica, its HTTP server. */
final class Node {

  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private static final long QUIET_MILLIS = 50;
  private static final long CLOSE_MILLIS = 2_000;

  private final NodeConfig config;
  private final EventLoopGroup loops;
  private final HttpServer http;
  private final @Nullable LeaderNode leader;
  private final AtomicBoolean stopping;
  private final String url;

  private Node(
      NodeConfig config,
      EventLoopGroup loops,
      HttpServer http,
      @Nullable LeaderNode leader,
      AtomicBoolean stopping,
      String url) {
    this.config = config;
    this.loops = loops;
    this.http = http;
    this.leader = leader;
    this.stopping = stopping;
    this.url = url;
  }

  /**
   * Listens, and as a leader begins to look for its followers.
   *
   * @throws CannotStartException in one line, why not
   */
  static Node start(NodeConfig config) throws CannotStartException {
    long startedNanos = System.nanoTime();
    Transport transport =
        Transport.choose(config.transport())
            .orElseThrow(
                () ->
                    new CannotStartException(
                        "TRANSPORT: epoll is not to be had on this machine; takes auto or nio"));
    AtomicBoolean stopping = new AtomicBoolean();
    EventLoopGroup loops = transport.newGroup(config.eventLoops());
    HttpServer http = new HttpServer(config.http());
    Channel listening = listen(config, transport, loops, http);
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    SecureRandom random = new SecureRandom();
    Identity identity = identity(config, transport, port, random.nextLong(), startedNanos);
    for (EventExecutor loop : loops) {
      loop.terminationFuture().addListener(ended -> noteEnd(stopping));
    }
    EventLoop owner = loops.next();
    LeaderNode leader = null;
    Replica replica;
    if (config.role() == Role.LEADER) {
      leader = leader(config, identity, transport, owner, random);
      replica = leader;
      leader.start();
    } else {
      replica = new FollowerNode(identity, owner, random.nextLong());
    }
    http.serve(replica);
    return new Node(config, loops, http, leader, stopping, "http://" + host(config) + ":" + port);
  }

  /** A loop ends when its node stops, or when it met what it does not survive. */
  private static void noteEnd(AtomicBoolean stopping) {
    if (!stopping.get()) {
      Fatal.end("an event loop ended");
    }
  }

  private static Channel listen(
      NodeConfig config, Transport transport, EventLoopGroup loops, HttpServer http)
      throws CannotStartException {
    ChannelFuture bound =
        http.bind(loops, transport.serverChannel(), config.bindAddress(), config.port())
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
    throw new CannotStartException(
        "cannot listen on "
            + config.bindAddress()
            + ":"
            + config.port()
            + ": "
            + bound.cause().getMessage());
  }

  private static Identity identity(
      NodeConfig config, Transport transport, int port, long incarnation, long startedNanos) {
    String id = config.nodeId().orElse(host(config) + ":" + port);
    String nodeUrl = config.nodeUrl().map(URI::toString).orElse("http://" + id);
    String advertiseUrl = config.advertiseUrl().map(URI::toString).orElse(nodeUrl);
    return new Identity(id, advertiseUrl, transport.name(), incarnation, startedNanos);
  }

  /** The address bound to, or this host's name where that is all addresses. */
  private static String host(NodeConfig config) {
    String address = config.bindAddress();
    if (!address.equals(Variable.BIND_ADDRESS.preset)) {
      return NetUtil.isValidIpV6Address(address) && !address.startsWith("[")
          ? "[" + address + "]"
          : address;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }

  private static LeaderNode leader(
      NodeConfig config,
      Identity identity,
      Transport transport,
      EventLoop owner,
      SecureRandom random) {
    return new LeaderNode(
        identity,
        owner,
        transport.clientChannel(),
        config.followerUrls(),
        config.settings(),
        config.limits(),
        config.linkConnections(),
        random.nextLong(),
        random.nextLong());
  }

  /** Where it listens. */
  String url() {
    return url;
  }

  /**
   * Stops accepting, waits a bounded time for what is under way, tells writes that still wait that
   * their outcome is unknown, and closes.
   */
  void stop() {
    stopping.set(true);
    CompletableFuture<Void> idle = http.stop().toCompletableFuture();
    if (!isDone(idle, config.stopTimeout().toMillis()) && leader != null) {
      CompletableFuture<Void> told = leader.stop().toCompletableFuture();
      if (!isDone(told, CLOSE_MILLIS) || !isDone(idle, CLOSE_MILLIS)) {
        LOG.warn("closing connections that are still busy");
      }
    }
    loops
        .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * CLOSE_MILLIS);
    LOG.info("stopped");
  }

  private static boolean isDone(CompletableFuture<Void> future, long timeoutMillis) {
    try {
      future.get(timeoutMillis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notYet) {
      return false;
    } catch (ExecutionException | InterruptedException failed) {
      LOG.warn("stopping: {}", failed.toString());
      return true;
    }
  }
}
