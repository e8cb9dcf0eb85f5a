package io.quorate.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which action answers which method on which path. A path that ends in a slash stands for all that
 * begin with it.
 */
final class Routes {

  private static final int LONGEST_SHOWN = 200;

  /**
   * Who answers a request.
   *
   * @param maxBodyBytes longest body
   * @param budget what its body is received on; null where the body is not kept
   * @param asked what it counts as
   */
  record Match(Action action, int maxBodyBytes, @Nullable ReceivedBytes budget, Asked asked) {}

  private final Map<String, Map<HttpMethod, Match>> exact = new LinkedHashMap<>();
  private final Map<String, Map<HttpMethod, Match>> beginnings = new LinkedHashMap<>();
  private final int maxBodyBytes;
  private final HttpCounts counts;

  /**
   * @param maxBodyBytes longest body, where a route does not say otherwise
   * @param counts where what they answer is counted
   */
  Routes(int maxBodyBytes, HttpCounts counts) {
    this.maxBodyBytes = maxBodyBytes;
    this.counts = counts;
  }

  HttpCounts counts() {
    return counts;
  }

  /** GET, and HEAD with it. */
  Routes get(String path, Action action) {
    return on(HttpMethod.GET, path, action).on(HttpMethod.HEAD, path, action);
  }

  /** A route that does not look at the body. */
  Routes on(HttpMethod method, String path, Action action) {
    return on(method, path, new Match(action, maxBodyBytes, null, Asked.of(method, path)));
  }

  /** A route that is given the body, of up to so many bytes. */
  Routes taking(
      HttpMethod method, String path, Action action, int bodyBytes, ReceivedBytes budget) {
    return on(method, path, new Match(action, bodyBytes, budget, Asked.of(method, path)));
  }

  private Routes on(HttpMethod method, String path, Match match) {
    Map<String, Map<HttpMethod, Match>> paths = path.endsWith("/") ? beginnings : exact;
    paths.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(method, match);
    return this;
  }

  /** Always somebody: where nobody else answers, one who says 404 or 405. */
  Match find(HttpMethod method, String path) {
    Map<HttpMethod, Match> methods = methods(path);
    if (methods == null) {
      return refusing(exchange -> Problem.notFound("there is nothing at " + shown(path)));
    }
    Match match = methods.get(method);
    if (match != null) {
      return match;
    }
    String allowed = String.join(", ", methods.keySet().stream().map(HttpMethod::name).toList());
    return refusing(
        exchange ->
            Problem.of(
                    HttpResponseStatus.METHOD_NOT_ALLOWED,
                    shown(path) + " does not take " + method + "; it takes " + allowed)
                .header(HttpHeaderNames.ALLOW, allowed));
  }

  private @Nullable Map<HttpMethod, Match> methods(String path) {
    for (Map.Entry<String, Map<HttpMethod, Match>> beginning : beginnings.entrySet()) {
      if (path.startsWith(beginning.getKey())) {
        return beginning.getValue();
      }
    }
    return exact.get(path);
  }

  private static String shown(String path) {
    return path.length() <= LONGEST_SHOWN ? path : path.substring(0, LONGEST_SHOWN) + "...";
  }

  private Match refusing(Function<Exchange, Problem> problem) {
    Action.Refusing action = exchange -> exchange.refusal(problem.apply(exchange));
    return new Match(action, maxBodyBytes, null, Asked.OTHER);
  }
}
