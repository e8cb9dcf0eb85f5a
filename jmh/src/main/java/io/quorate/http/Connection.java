package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.quorate.replication.Replica;
import java.nio.charset.StandardCharsets;

/** A client's connection to a node's own pipeline, without a socket. */
final class Connection {

  private final EmbeddedChannel channel;

  Connection(Replica replica) {
    HttpOptions options = HttpOptions.DEFAULT;
    channel =
        new EmbeddedChannel(
            new HttpPipeline(
                HttpServer.routes(replica, options),
                options,
                new DefaultChannelGroup(GlobalEventExecutor.INSTANCE),
                () -> false));
  }

  /** Has the pipeline read the bytes as from a socket: in one pooled buffer outside the heap. */
  void send(byte[] bytes) {
    read(channel.alloc().directBuffer(bytes.length).writeBytes(bytes));
  }

  /** The same; the bytes stay the caller's. */
  void send(ByteBuf bytes) {
    int length = bytes.readableBytes();
    read(channel.alloc().directBuffer(length).writeBytes(bytes, bytes.readerIndex(), length));
  }

  private void read(ByteBuf bytes) {
    channel.pipeline().fireChannelRead(bytes);
    channel.pipeline().fireChannelReadComplete();
  }

  /** Lets go of what was answered since the last call, and says how many bytes that was. */
  int receive() {
    channel.runPendingTasks();
    int received = 0;
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      received += part.readableBytes();
      part.release();
    }
    return received;
  }

  /** What was answered since the last call. */
  String receiveText() {
    channel.runPendingTasks();
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(StandardCharsets.ISO_8859_1));
      part.release();
    }
    return text.toString();
  }
}
