package io.quorate.loadgen;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** The requests that a client makes. The connection adds the {@code Host}. */
final class Requests {
  private Requests() {}

  static FullHttpRequest get(String target) {
    return request(HttpMethod.GET, target, Unpooled.EMPTY_BUFFER);
  }

  static FullHttpRequest put(String target, byte[] value) {
    FullHttpRequest request = request(HttpMethod.PUT, target, Unpooled.wrappedBuffer(value));
    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, value.length);
    return request;
  }

  static FullHttpRequest patchJson(String target, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    FullHttpRequest request = request(HttpMethod.PATCH, target, Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    return request;
  }

  private static FullHttpRequest request(HttpMethod method, String target, ByteBuf body) {
    return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target, body);
  }
}
