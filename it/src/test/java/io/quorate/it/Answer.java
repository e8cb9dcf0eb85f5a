package io.quorate.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What a node answered. */
record Answer(HttpResponse<byte[]> response) {

  private static final ObjectMapper JSON = new ObjectMapper();

  int status() {
    return response.statusCode();
  }

  /** A header's first value, or an empty text. */
  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  String text() {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** The body of a request that replication's own format answers. */
  byte[] bytes() {
    return response.body();
  }

  JsonNode json() {
    try {
      return JSON.readTree(response.body());
    } catch (IOException notJson) {
      throw new AssertionError(this + " is not JSON", notJson);
    }
  }

  /** What a problem tells whoever asked. */
  String detail() {
    return json().path("detail").asText();
  }

  @Override
  public String toString() {
    return status() + " " + text();
  }
}
