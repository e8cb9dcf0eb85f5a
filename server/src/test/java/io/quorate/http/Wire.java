package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quorate.replication.Replica;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One connection to a replica's pipeline, without a socket. */
final class Wire {

  final EmbeddedChannel channel;
  private final HttpPipeline pipeline;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  Wire(Replica replica) {
    this(replica, HttpOptions.DEFAULT);
  }

  Wire(Replica replica, HttpOptions options) {
    this(HttpServer.routes(replica, options), options);
  }

  Wire(Routes routes, HttpOptions options) {
    this(
        new HttpPipeline(
            routes, options, new DefaultChannelGroup(GlobalEventExecutor.INSTANCE), () -> false));
  }

  /** One on which every request is left to the stock decoder. */
  static Wire withoutShortWay(Replica replica, HttpOptions options) {
    return new Wire(
        new HttpPipeline(
            new Serving(
                new Serving.Part(HttpServer.routes(replica, options), PlainRequests.none())),
            options,
            new DefaultChannelGroup(GlobalEventExecutor.INSTANCE),
            () -> false,
            new HttpCounts()));
  }

  private Wire(HttpPipeline pipeline) {
    this.pipeline = pipeline;
    channel = new EmbeddedChannel(pipeline);
  }

  /** Another connection to the same. */
  Wire another() {
    return new Wire(pipeline);
  }

  /** Sends bytes, one per character. */
  Wire send(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
    return this;
  }

  /** What has come back since the last call. */
  byte[] received() {
    channel.runPendingTasks();
    received.reset();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      byte[] bytes = new byte[part.readableBytes()];
      part.readBytes(bytes);
      part.release();
      received.writeBytes(bytes);
    }
    return received.toByteArray();
  }

  List<Response> responses() {
    return Response.parse(received(), false);
  }

  /** The one response that has come back. */
  Response response() {
    List<Response> responses = responses();
    if (responses.size() != 1) {
      throw new AssertionError("not one response: " + responses);
    }
    return responses.get(0);
  }

  /** Sends a request without a body. */
  Response ask(String method, String target, String... fields) {
    return askWith(method, target, "", fields);
  }

  Response put(String target, String value, String... fields) {
    return askWith("PUT", target, value, fields);
  }

  /** Sends a request with this body, unless it is empty. */
  Response askWith(String method, String target, String body, String... fields) {
    send(request(method, target, body, fields));
    List<Response> responses = Response.parse(received(), method.equals("HEAD"));
    if (responses.size() != 1) {
      throw new AssertionError("not one response: " + responses);
    }
    return responses.get(0);
  }

  static String request(String method, String target, String body, String... fields) {
    StringBuilder text = new StringBuilder(method).append(' ').append(target);
    text.append(" HTTP/1.1\r\nHost: n0\r\n");
    for (String field : fields) {
      text.append(field).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  boolean isOpen() {
    channel.runPendingTasks();
    return channel.isOpen();
  }
}
