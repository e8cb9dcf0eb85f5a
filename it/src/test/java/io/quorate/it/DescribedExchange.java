package io.quorate.it;

import io.vertx.core.buffer.Buffer;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was sent to a node and what the node answered, as the checker of descriptions
 * takes them.
 *
 * @param target path and query as they were sent
 * @param headers of the request
 */
record DescribedExchange(
    String method, String target, Map<String, String> headers, Buffer body, Answer answer) {

  /** What the description calls the type of a value. */
  static final String ANY_TYPE = "*/*";

  private static final String KEYS = "/v1/kv/";
  private static final String WRITES = "/v1/writes/";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static DescribedExchange with(
      NodeHandle node, String method, String target, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.url() + target))
            .timeout(LIMIT)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      return new DescribedExchange(
          method, target, headers, Buffer.buffer(body), new Answer(response));
    } catch (IOException unanswered) {
      throw new UncheckedIOException(method + " " + target, unanswered);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + node.name() + " was to answer", interrupted);
    }
  }

  /** Without the query; the slashes of a key percent-encoded, as the description has it. */
  String path() {
    String path = target.split("\\?", 2)[0];
    return path.startsWith(KEYS) ? KEYS + path.substring(KEYS.length()).replace("/", "%2F") : path;
  }

  /** As it stands in the description. */
  String pathTemplate() {
    String path = path();
    return path.startsWith(KEYS)
        ? KEYS + "{key}"
        : path.startsWith(WRITES) ? WRITES + "{token}" : path;
  }

  /** Method, path as described, and status. */
  String what() {
    return method + " " + pathTemplate() + " " + answer.status();
  }

  ValidatableRequest request() {
    String[] parts = target.split("\\?", 2);
    Map<String, RequestParameter> query = new HashMap<>();
    if (parts.length == 2) {
      for (String parameter : parts[1].split("&", -1)) {
        String[] pair = parameter.split("=", 2);
        query.put(pair[0], parameter(URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
      }
    }
    Map<String, RequestParameter> fields = new HashMap<>();
    headers.forEach((name, value) -> fields.put(name, parameter(value)));
    return new ValidatableRequestImpl(
        Map.of(), fields, pathParameters(), query, parameter(body), bodyType());
  }

  private Map<String, RequestParameter> pathParameters() {
    String template = pathTemplate();
    int at = template.indexOf('{');
    return at < 0
        ? Map.of()
        : Map.of(
            template.substring(at + 1, template.length() - 1),
            parameter(URLDecoder.decode(path().substring(at), StandardCharsets.UTF_8)));
  }

  /** A value is of any type; ranges of types are not looked into. */
  private @Nullable String bodyType() {
    return method.equals("PUT") ? ANY_TYPE : headers.get("Content-Type");
  }

  private static RequestParameter parameter(Object value) {
    return new RequestParameterImpl(value);
  }

  /**
   * @param described those of its header fields that the description names, as it spells them
   */
  ValidatableResponse response(Map<String, String> described) {
    String type = answer.header("Content-Type").split(";", 2)[0];
    return ValidatableResponse.create(
        answer.status(), described, Buffer.buffer(answer.bytes()), type);
  }

  @Override
  public String toString() {
    return method + " " + target + " " + headers + ": " + answer;
  }
}
