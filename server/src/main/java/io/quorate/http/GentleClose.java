package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection so that its last answer arrives: all that is written is sent, our side is
 * shut down, and what the client still sends is dropped, within bounds, before the socket goes. A
 * socket closed over unread bytes would be reset, and the client would lose the answer.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails is seen as the channel closing
final class GentleClose extends ChannelDuplexHandler {

  private static final long LINGER_MILLIS = 2_000;
  private static final long MOST_DROPPED_BYTES = 8 << 20;

  private @Nullable ChannelPromise closing;
  private long droppedBytes;

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (closing != null) {
      ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
      return;
    }
    closing = promise;
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture sent) -> linger(ctx, sent));
  }

  /** Closes one whose client takes nothing of what is still to be sent: that is dropped. */
  static void cut(Channel channel) {
    ChannelHandlerContext first = channel.pipeline().context(GentleClose.class);
    if (first == null) {
      channel.close();
    } else {
      first.close();
    }
  }

  private void linger(ChannelHandlerContext ctx, ChannelFuture sent) {
    if (sent.isSuccess()
        && ctx.channel() instanceof DuplexChannel channel
        && !channel.isInputShutdown()) {
      channel.shutdownOutput();
      channel.config().setAutoRead(true);
      ctx.executor().schedule(() -> closeNow(ctx), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      closeNow(ctx);
    }
  }

  private void closeNow(ChannelHandlerContext ctx) {
    ChannelPromise promise = closing;
    if (promise != null && ctx.channel().isOpen()) {
      ctx.close(promise.isDone() ? ctx.newPromise() : promise);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closing == null) {
      ctx.fireChannelRead(message);
      return;
    }
    droppedBytes += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    ReferenceCountUtil.release(message);
    if (droppedBytes > MOST_DROPPED_BYTES) {
      closeNow(ctx);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (closing != null && event instanceof ChannelInputShutdownEvent) {
      closeNow(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }
}
