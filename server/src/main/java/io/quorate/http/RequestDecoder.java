package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests, and can be paused between two of them: what has been received then stays
 * undecoded, so that a connection holds no more than one read's bytes beyond its limit of requests.
 * A request that came whole and is plain is passed on as a {@link PlainRequest}, any other as the
 * stock decoder has it.
 */
final class RequestDecoder extends HttpRequestDecoder {

  private @Nullable ChannelHandlerContext context;
  private final Serving serving;
  private boolean paused;

  /** Whether what is read next begins a request: the stock decoder has seen nothing of it. */
  private boolean betweenRequests = true;

  /** That the client will send no more, kept back while paused. */
  private @Nullable Object heldEnd;

  RequestDecoder(Serving serving, HttpOptions options) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(options.maxInitialLineBytes())
            .setMaxHeaderSize(options.maxHeaderBytes())
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory())
            .setMaxChunkSize(Math.max(options.maxValueBytes(), options.maxReplicationBytes()))
            .setAllowDuplicateContentLengths(false));
    this.serving = serving;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    super.handlerAdded(ctx);
    context = ctx;
  }

  boolean isPaused() {
    return paused;
  }

  void pause() {
    paused = true;
  }

  /** Goes on with what was received meanwhile. May pause again at once. */
  void resume() throws Exception {
    paused = false;
    ChannelHandlerContext ctx = context;
    if (ctx == null) {
      return;
    }
    channelRead(ctx, Unpooled.EMPTY_BUFFER);
    Object end = heldEnd;
    if (end != null && !paused) {
      heldEnd = null;
      super.userEventTriggered(ctx, end);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (paused || !buffer.isReadable()) {
      return;
    }
    PlainRequest plain = betweenRequests ? serving.now().plainRequests().read(buffer) : null;
    if (plain != null) {
      out.add(plain);
      return;
    }
    int before = out.size();
    super.decode(ctx, buffer, out);
    betweenRequests =
        out.size() > before
            && out.get(out.size() - 1) instanceof LastHttpContent end
            && end.decoderResult().isSuccess();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (paused) {
      // The decoder's own would read on, for it has decoded nothing.
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (paused && event instanceof ChannelInputShutdownEvent) {
      heldEnd = event;
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding are there");
  }
}
