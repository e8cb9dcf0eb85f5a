package io.quorate.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import java.util.function.BooleanSupplier;

/**
 * How a connection becomes requests, and answers bytes. A plain request is answered from within
 * {@link AnswerOrder}: what stands behind it has nothing to find in one.
 */
final class HttpPipeline extends ChannelInitializer<Channel> {

  private final HttpOptions options;
  private final ConnectionLimit connectionLimit;
  private final HeadRules headRules = new HeadRules();
  private final Routing routing;
  private final NodeLoad load;
  private final LoadLimit loadLimit;
  private final BodyLimit bodyLimit = new BodyLimit();
  private final Expectation expectation = new Expectation();

  private final ChannelGroup connections;
  private final BooleanSupplier stopping;
  private final HttpCounts counts;
  private final Serving serving;

  /** Serves the same for good. */
  HttpPipeline(
      Routes routes, HttpOptions options, ChannelGroup connections, BooleanSupplier stopping) {
    this(
        new Serving(Serving.Part.of(routes, options)),
        options,
        connections,
        stopping,
        routes.counts());
  }

  /**
   * @param connections where each connection is noted, so that it can be closed
   * @param stopping whether no request is taken any more
   * @param counts of what is answered
   */
  HttpPipeline(
      Serving serving,
      HttpOptions options,
      ChannelGroup connections,
      BooleanSupplier stopping,
      HttpCounts counts) {
    this.serving = serving;
    this.connections = connections;
    this.stopping = stopping;
    this.counts = counts;
    this.options = options;
    this.connectionLimit = new ConnectionLimit(options.maxConnections(), counts);
    this.routing = new Routing(serving);
    this.load = new NodeLoad(options);
    this.loadLimit = new LoadLimit(load);
  }

  @Override
  protected void initChannel(Channel channel) {
    RequestDecoder decoder = new RequestDecoder(serving, options);
    Traffic traffic = new Traffic();
    AnswerOrder order = new AnswerOrder(decoder, traffic, load, options, counts);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(new GentleClose());
    pipeline.addLast(connectionLimit);
    pipeline.addLast(decoder);
    pipeline.addLast(order);
    pipeline.addLast(headRules);
    pipeline.addLast(routing);
    pipeline.addLast(loadLimit);
    pipeline.addLast(new IdleClose(decoder, order, traffic, options.timeouts().idleNanos()));
    pipeline.addLast(bodyLimit);
    pipeline.addLast(expectation);
    pipeline.addLast(new BodyReader());
    pipeline.addLast(new Dispatcher(order));
    connections.add(channel);
    if (stopping.getAsBoolean()) {
      stop(channel);
    }
  }

  /** Has a connection closed once the requests under way on it are answered. On its loop. */
  static void stop(Channel connection) {
    AnswerOrder order = connection.pipeline().get(AnswerOrder.class);
    if (order != null) {
      order.stop();
    }
  }
}
