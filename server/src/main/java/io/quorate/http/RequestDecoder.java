package io.quorate.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes requests, and can be paused between two of them: what has been received then stays
 * undecoded, so that a connection holds no more than one read's bytes beyond its limit of requests.
 * A request that came whole and is plain is passed on as a {@link PlainRequest}, any other as the
 * stock decoder has it, or as failed: where the stock decoder fails, where it would pass what
 * {@link LineRules} and {@link ChunkLines} do not, and where it takes too long. After a failed one
 * nothing is decoded any more.
 */
final class RequestDecoder extends HttpRequestDecoder {

  /** What the next byte is of. */
  private enum Part {
    /** Of a request that has not begun, or of an empty line before it. */
    NEXT_REQUEST,
    HEAD,
    /** Of a body of which nothing has come. */
    BODY_BEGINNING,
    BODY,
    /** Of nothing that is looked at. */
    NOTHING
  }

  private final Serving serving;
  private final LineRules rules = new LineRules();
  private final ReceiveTime time;
  private @Nullable ChannelHandlerContext context;
  private boolean paused;
  private Part part = Part.NEXT_REQUEST;

  /** Of the body being decoded; null where it is not in chunks. */
  private @Nullable ChunkLines chunkLines;

  /** Whether the body being received is of another node's request. */
  private boolean ofNode;

  /** That the client will send no more, kept back while paused. */
  private @Nullable Object heldEnd;

  RequestDecoder(Serving serving, HttpOptions options) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(options.maxInitialLineBytes())
            .setMaxHeaderSize(options.maxHeaderBytes())
            .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory())
            .setMaxChunkSize(Math.max(options.maxValueBytes(), options.maxReplicationBytes()))
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true));
    this.serving = serving;
    this.time = new ReceiveTime(options.timeouts(), this::giveUp);
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
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    super.channelRead(ctx, message);
    switch (part) {
      case HEAD -> time.head(ctx);
      case BODY -> time.body(ctx, ofNode);
      case NEXT_REQUEST, BODY_BEGINNING, NOTHING -> time.none();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (paused || !buffer.isReadable()) {
      return;
    }
    if (part == Part.NOTHING) {
      buffer.skipBytes(buffer.readableBytes());
      return;
    }
    if (part == Part.NEXT_REQUEST && (takePlain(buffer, out) || takeEmptyLine(buffer))) {
      return;
    }
    BrokenRequest fault = begin(buffer);
    if (fault != null) {
      buffer.skipBytes(buffer.readableBytes());
      out.add(failed(fault));
      return;
    }
    int before = out.size();
    int start = buffer.readerIndex();
    super.decode(ctx, buffer, out);
    ChunkLines lines = chunkLines;
    if (lines != null) {
      lines.decoded(buffer.readerIndex() - start);
    }
    for (Object decoded : out.subList(before, out.size())) {
      note((HttpObject) decoded);
    }
  }

  private boolean takePlain(ByteBuf buffer, List<Object> out) {
    PlainRequest plain = serving.now().plainRequests().read(buffer);
    if (plain == null) {
      return false;
    }
    time.none();
    out.add(plain);
    return true;
  }

  /** Also where the half of one is there, which stays. */
  private static boolean takeEmptyLine(ByteBuf buffer) {
    int at = buffer.readerIndex();
    boolean mayBeOne = buffer.getByte(at) == '\r';
    if (mayBeOne && buffer.readableBytes() > 1 && buffer.getByte(at + 1) == '\n') {
      buffer.skipBytes(2);
      return true;
    }
    return mayBeOne && buffer.readableBytes() == 1;
  }

  /** Before the stock decoder goes on with these bytes: what is wrong with them, or null. */
  private @Nullable BrokenRequest begin(ByteBuf buffer) {
    if (part == Part.NEXT_REQUEST) {
      part = Part.HEAD;
      rules.beginHead();
      if (LineRules.isLineEnd(buffer)) {
        return BrokenRequest.malformed(LineRules.LINE_END);
      }
    } else if (part == Part.BODY_BEGINNING) {
      part = Part.BODY;
    }
    ChunkLines lines = chunkLines;
    BrokenRequest fault = lines == null ? null : lines.fault(buffer);
    return fault == null ? rules.begin(buffer) : fault;
  }

  private void note(HttpObject decoded) {
    if (decoded.decoderResult().isFailure()) {
      part = Part.NOTHING;
    } else if (decoded instanceof LastHttpContent) {
      part = Part.NEXT_REQUEST;
      chunkLines = null;
      time.none();
    } else if (decoded instanceof HttpRequest head) {
      part = Part.BODY_BEGINNING;
      rules.beginTrailers();
      chunkLines = HttpUtil.isTransferEncodingChunked(head) ? new ChunkLines() : null;
      ofNode = head.uri().startsWith(Served.REPLICATION);
      time.none();
    }
  }

  /** In place of what would have been decoded; nothing is after it. */
  private HttpObject failed(BrokenRequest fault) {
    HttpObject failed =
        part == Part.HEAD
            ? createInvalidMessage()
            : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
    failed.setDecoderResult(DecoderResult.failure(fault));
    part = Part.NOTHING;
    return failed;
  }

  /** Has the request that has begun, if one has, refused. */
  void giveUp(BrokenRequest fault) {
    ChannelHandlerContext ctx = context;
    if (ctx == null || part == Part.NEXT_REQUEST || part == Part.NOTHING) {
      return;
    }
    ctx.fireChannelRead(failed(fault));
    ctx.fireChannelReadComplete();
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    rules.word(line, start, length);
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    rules.word(line, start, length);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    rules.word(line, start, length);
    return super.splitThirdWordInitialLine(line, start, length);
  }

  @Override
  protected HttpMessage createMessage(String[] requestLine) throws Exception {
    LineRules.version(requestLine[2]);
    return super.createMessage(requestLine);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    AsciiString name = super.splitHeaderName(line, start, length);
    rules.field(name);
    return name;
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
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    time.none();
    super.channelInactive(ctx);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw BrokenRequest.malformed("both Content-Length and Transfer-Encoding are there");
  }
}
