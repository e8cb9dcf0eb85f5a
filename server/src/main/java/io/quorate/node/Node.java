package io.quorate.node;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.quorate.core.NodeState;
import io.quorate.http.HttpServer;
import io.quorate.replication.Fatal;
import io.quorate.replication.Identity;
import io.quorate.replication.Keeping;
import io.quorate.replication.LiveNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
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
  private final LiveNode live;
  private final @Nullable OpenDisk disk;
  private final AtomicBoolean stopping;
  private final String url;

  private Node(
      NodeConfig config,
      EventLoopGroup loops,
      HttpServer http,
      LiveNode live,
      @Nullable OpenDisk disk,
      AtomicBoolean stopping,
      String url) {
    this.config = config;
    this.loops = loops;
    this.http = http;
    this.live = live;
    this.disk = disk;
    this.stopping = stopping;
    this.url = url;
  }

  /**
   * Listens, and as a leader begins to look for its followers.
   *
   * @throws CannotStartException in one line, why not
   * @throws WrongVariableException where it is said to be its own follower
   */
  static Node start(NodeConfig config) throws CannotStartException, WrongVariableException {
    long startedNanos = System.nanoTime();
    Transport transport =
        Transport.choose(config.transport())
            .orElseThrow(
                () ->
                    new CannotStartException(
                        "TRANSPORT: epoll is not to be had on this machine; takes auto or nio"));
    EventLoopGroup loops = transport.newGroup(config.eventLoops());
    HttpServer http = new HttpServer(config.http());
    Channel listening = listen(config, transport, loops, http);
    try {
      return start(config, transport, loops, http, listening, startedNanos);
    } catch (CannotStartException | WrongVariableException cannot) {
      close(loops);
      throw cannot;
    }
  }

  private static Node start(
      NodeConfig config,
      Transport transport,
      EventLoopGroup loops,
      HttpServer http,
      Channel listening,
      long startedNanos)
      throws CannotStartException, WrongVariableException {
    int port = ((InetSocketAddress) listening.localAddress()).getPort();
    refuseItself(config, port);
    SecureRandom random = new SecureRandom();
    NodeState state = new NodeState(config.limits().backlogBytes());
    EventLoop owner = loops.next();
    OpenDisk disk =
        config.dataDirectory().isEmpty()
            ? null
            : OpenDisk.open(config, config.dataDirectory().get(), state, owner, random.nextLong());
    long incarnation = disk == null ? random.nextLong() : disk.incarnation();
    Identity identity = identity(config, transport, port, incarnation, startedNanos);
    LiveNode live =
        new LiveNode(
            identity,
            owner,
            transport.clientChannel(),
            CoreTerms.of(
                config,
                identity.incarnation(),
                disk == null ? 0 : disk.earlierLeaseNanos(),
                nodeUrl(config, port),
                random),
            state,
            disk == null ? Keeping.NOTHING : disk.keeping(),
            config.settings(),
            config.linkConnections(),
            random.nextLong(),
            http::serve);
    AtomicBoolean stopping = new AtomicBoolean();
    for (EventExecutor loop : loops) {
      loop.terminationFuture().addListener(ended -> noteEnd(stopping));
    }
    if (disk != null) {
      disk.start(live::settled);
    }
    new LogFacts(identity.id(), live::epoch).tell();
    live.start().toCompletableFuture().join();
    return new Node(
        config, loops, http, live, disk, stopping, "http://" + host(config) + ":" + port);
  }

  private static void refuseItself(NodeConfig config, int port) throws WrongVariableException {
    List<String> followers = config.followerUrls().stream().map(URI::toString).toList();
    if (followers.contains(nodeUrl(config, port))) {
      throw new WrongVariableException(Variable.FOLLOWER_URLS, String.join(",", followers));
    }
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
    close(loops);
    throw new CannotStartException(
        "BIND_ADDRESS and PORT: cannot listen on "
            + config.bindAddress()
            + ":"
            + config.port()
            + ": "
            + inWords(bound.cause())
            + "; PORT takes a free one, BIND_ADDRESS an address of this machine");
  }

  /** Without the name of the call that failed, which Netty's own sockets say before it. */
  private static String inWords(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return message.substring(message.lastIndexOf(':') + 1).strip();
  }

  private static void close(EventLoopGroup loops) {
    loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS).awaitUninterruptibly(CLOSE_MILLIS);
  }

  private static Identity identity(
      NodeConfig config, Transport transport, int port, long incarnation, long startedNanos) {
    String id = nodeId(config, port);
    String advertiseUrl =
        config.advertiseUrl().map(URI::toString).orElseGet(() -> nodeUrl(config, port));
    return new Identity(id, advertiseUrl, transport.name(), incarnation, startedNanos);
  }

  private static String nodeId(NodeConfig config, int port) {
    return config.nodeId().orElse(host(config) + ":" + port);
  }

  /** Where other nodes reach this one. */
  private static String nodeUrl(NodeConfig config, int port) {
    return config.nodeUrl().map(URI::toString).orElseGet(() -> "http://" + nodeId(config, port));
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
    boolean quiet = isDone(idle, config.stopTimeout().toMillis());
    CompletableFuture<Void> told = live.stop().toCompletableFuture();
    if (!isDone(told, CLOSE_MILLIS) || (!quiet && !isDone(idle, CLOSE_MILLIS))) {
      LOG.warn("closing connections that are still busy");
    }
    closeDisk();
    loops
        .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(2 * CLOSE_MILLIS);
    LOG.info("stopped");
  }

  private void closeDisk() {
    if (disk != null) {
      try {
        disk.keeping().close();
      } catch (IOException failed) {
        LOG.error("the log could not be closed: {}", failed.toString());
      }
    }
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
