package io.quorate.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.http.TimeText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Something that the command line asks of a running node. */
final class NodeRequest {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** A little more than the longest that a node can be told to take. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofHours(1).plusSeconds(10);

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int MOST_SHOWN = 200;

  private final String url;
  private final StringBuilder target;

  NodeRequest(String url, String path) {
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.target = new StringBuilder(path);
  }

  /** Adds a parameter. */
  NodeRequest with(String name, String value) {
    target.append(target.indexOf("?") < 0 ? '?' : '&').append(name).append('=');
    target.append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
    return this;
  }

  /**
   * Adds how long it may take, where that is told.
   *
   * @throws ParameterException where that is no time
   */
  NodeRequest timeout(@Nullable String text, CommandLine line) {
    if (text == null) {
      return this;
    }
    if (TimeText.timeoutNanos(text).isEmpty()) {
      throw new ParameterException(
          line, "--timeout: got \"" + text + "\"; takes " + TimeText.TIMEOUT);
    }
    return with("timeout", text);
  }

  /**
   * Sends it, to the leader where the node says so, and prints the answer in one line.
   *
   * @param label what the command line calls the node's URL
   * @return the exit status: 0 done, 1 refused or no answer, 2 for what the node cannot take
   */
  int post(String label, CommandLine line) throws InterruptedException {
    if (!Environment.isUrl(url)) {
      line.getErr().println(label + ": got \"" + url + "\"; takes an http URL without a path");
      return NodeRun.EXIT_BAD_INPUT;
    }
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + target))
            .timeout(ANSWER_TIMEOUT)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return print(answer, line);
    } catch (IOException failed) {
      String why = failed.getMessage();
      line.getErr()
          .println(url + " does not answer" + (why == null || why.isBlank() ? "" : ": " + why));
      return NodeRun.EXIT_CANNOT;
    }
  }

  private static int print(HttpResponse<String> answer, CommandLine line) {
    if (answer.statusCode() == OK) {
      line.getOut().println(answer.body());
      return 0;
    }
    line.getErr().println(detail(answer));
    return answer.statusCode() == BAD_REQUEST ? NodeRun.EXIT_BAD_INPUT : NodeRun.EXIT_CANNOT;
  }

  /** The problem's own words, or of anything else what it begins with, as one line. */
  private static String detail(HttpResponse<String> answer) {
    String body = answer.body();
    try (JsonParser json = new JsonFactory().createParser(body)) {
      int depth = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 1 && token == JsonToken.FIELD_NAME && json.currentName().equals("detail")) {
          return String.valueOf(json.nextTextValue());
        }
      }
    } catch (IOException noProblem) {
      // told as it came
    }
    String begin = body.substring(0, Math.min(MOST_SHOWN, body.length())).replaceAll("\\s+", " ");
    return "answered with status " + answer.statusCode() + ": " + begin;
  }
}
