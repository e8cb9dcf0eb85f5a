package io.quorate.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The description of this API in OpenAPI, which others make clients and tests of. */
final class ApiDescription {

  private static final AsciiString YAML = AsciiString.cached("application/yaml");
  private static final byte[] TEXT = read("openapi.yaml");

  private ApiDescription() {}

  static void show(Exchange exchange) {
    exchange.answer(Answer.of(HttpResponseStatus.OK, YAML, Unpooled.wrappedBuffer(TEXT)));
  }

  private static byte[] read(String resource) {
    try (InputStream stream = ApiDescription.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(stream, resource).readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
