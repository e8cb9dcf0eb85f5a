package io.quorate.it;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Response;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypePredicate;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.mediatype.impl.DefaultMediaTypeRegistration;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;

/**
 * A description in OpenAPI, and what it says of exchanges. Others wrote what does the checking. It
 * does not look at what the description does not name: header fields, query parameters, a body
 * where none is described. An empty body counts as none, and media types are compared as they are
 * spelled.
 */
final class ApiDescription {

  /** A request may break the description where the answer says that it was wrong. */
  private static final Set<Integer> WRONG_REQUEST = Set.of(400, 413, 414);

  /**
   * A request, and the status that is to answer it.
   *
   * @param target path and query
   */
  record Example(
      String method,
      String target,
      Map<String, String> headers,
      String body,
      boolean toFollower,
      int status) {}

  private final OpenAPIContract contract;
  private final RequestValidator requests;
  private final ResponseValidator responses;

  private ApiDescription(Vertx vertx, OpenAPIContract contract) {
    this.contract = contract;
    this.requests = RequestValidator.create(vertx, contract);
    this.responses = ResponseValidator.create(vertx, contract);
  }

  /** Throws {@link CompletionException} where it is not what OpenAPI's own schema takes. */
  static ApiDescription of(Vertx vertx, String yaml) {
    try {
      Path file = Files.createTempFile("openapi", ".yaml");
      try {
        Files.writeString(file, yaml);
        OpenAPIContract contract =
            await(
                OpenAPIContract.builder(vertx)
                    .setContractPath(file.toString())
                    .mediaTypeRegistry(mediaTypes())
                    .build());
        return new ApiDescription(vertx, contract);
      } finally {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static MediaTypeRegistry mediaTypes() {
    return MediaTypeRegistry.createDefault()
        .register(
            new DefaultMediaTypeRegistration(
                MediaTypePredicate.ofExactTypes("application/problem+json"),
                ContentAnalyserFactory.json()))
        .register(
            new DefaultMediaTypeRegistration(
                MediaTypePredicate.ofExactTypes(
                    "text/event-stream",
                    "application/yaml",
                    "application/openmetrics-text",
                    DescribedExchange.ANY_TYPE),
                ContentAnalyserFactory.noop()));
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /** What the description does not allow of an exchange; empty where it is as described. */
  List<String> faultsOf(DescribedExchange exchange) {
    Operation operation =
        contract.findOperation(exchange.path(), HttpMethod.valueOf(exchange.method()));
    if (operation == null) {
      return List.of(exchange + "\n  there is no such operation");
    }
    List<String> faults = new ArrayList<>();
    Response described = operation.getResponse(exchange.answer().status());
    Map<String, String> headers = new LinkedHashMap<>();
    if (described != null) {
      described
          .getHeaders()
          .forEach(
              header ->
                  exchange
                      .answer()
                      .response()
                      .headers()
                      .firstValue(header.getName())
                      .ifPresent(value -> headers.put(header.getName(), value)));
    }
    ValidatableResponse response = exchange.response(headers);
    said(responses.validate(response, operation.getOperationId()))
        .ifPresent(fault -> faults.add(exchange + "\n  " + fault));
    if (!WRONG_REQUEST.contains(exchange.answer().status())) {
      said(requests.validate(exchange.request(), operation.getOperationId()))
          .ifPresent(fault -> faults.add(exchange + "\n  its request: " + fault));
    }
    return faults;
  }

  private static Optional<String> said(Future<?> validation) {
    try {
      await(validation);
      return Optional.empty();
    } catch (CompletionException fault) {
      return Optional.of(String.valueOf(fault.getCause()));
    }
  }

  /** What its examples of bodies break of its own schemas. */
  List<String> faultsOfBodyExamples() {
    List<String> faults = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (String status : statuses(operation)) {
        Response response = operation.getResponse(Integer.parseInt(status));
        response
            .getContent()
            .forEach(
                (type, content) ->
                    faultOf(content)
                        .ifPresent(
                            fault ->
                                faults.add(operation.getOperationId() + " " + status + fault)));
      }
    }
    return faults;
  }

  private Optional<String> faultOf(MediaType content) {
    Object example = content.getOpenAPIModel().getValue("example");
    if (example == null) {
      return Optional.empty();
    }
    OutputUnit found =
        contract.getSchemaRepository().validator(content.getSchema()).validate(example);
    return Boolean.TRUE.equals(found.getValid())
        ? Optional.empty()
        : Optional.of(": " + Json.encode(example) + ": " + found.toJson());
  }

  /** What the checker has added of its own begins with an underscore. */
  private static List<String> statuses(Operation operation) {
    return operation.getOpenAPIModel().getJsonObject("responses").fieldNames().stream()
        .filter(status -> !status.startsWith("_"))
        .toList();
  }

  /** Method, path and status of every answer that it describes. */
  Set<String> answers() {
    Set<String> answers = new TreeSet<>();
    for (Operation operation : contract.operations()) {
      for (String status : statuses(operation)) {
        answers.add(operation.getHttpMethod() + " " + operation.getOpenAPIPath() + " " + status);
      }
    }
    return answers;
  }

  /** In its order. */
  List<Example> examples() {
    List<Example> examples = new ArrayList<>();
    JsonObject paths = contract.getRawContract().getJsonObject("paths");
    for (Map.Entry<String, Object> path : paths) {
      if (!(path.getValue() instanceof JsonObject operations)) {
        continue;
      }
      for (Map.Entry<String, Object> operation : operations) {
        if (operation.getValue() instanceof JsonObject described
            && described.containsKey("x-examples")) {
          JsonArray listed = described.getJsonArray("x-examples");
          for (int i = 0; i < listed.size(); i++) {
            examples.add(example(listed.getJsonObject(i)));
          }
        }
      }
    }
    return examples;
  }

  private static Example example(JsonObject example) {
    String[] request = example.getString("request").split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Object> header : example.getJsonObject("headers", new JsonObject())) {
      headers.put(header.getKey(), (String) header.getValue());
    }
    return new Example(
        request[0],
        request[1],
        headers,
        example.getString("body", ""),
        example.getString("to", "leader").equals("follower"),
        example.getInteger("status"));
  }
}
