package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;

/**
 * What a request line asks for, still encoded.
 *
 * @param raw path and query as they came, beginning with a slash
 */
record Target(String raw, String path, Query query) {

  private static final List<String> SCHEMES = List.of("http://", "https://");

  /** Takes {@code /path?query}, and {@code http://authority/path?query} for the same, or https. */
  static Target of(String uri) {
    String raw = uri.startsWith("/") ? uri : originForm(uri);
    int question = raw.indexOf('?');
    return question < 0
        ? new Target(raw, raw, Query.NONE)
        : new Target(raw, raw.substring(0, question), new Query(raw.substring(question + 1)));
  }

  /**
   * The same at another node, as it may stand in a Location.
   *
   * @param url of the node, without a slash at the end
   */
  String at(String url) {
    return url + PercentCode.printable(raw);
  }

  /**
   * Whether a request line may have it (RFC 9112, section 3.2): what {@link #of} takes, or {@code
   * *} of OPTIONS.
   */
  static boolean mayBe(HttpMethod method, String uri) {
    if (uri.startsWith("/")) {
      return true;
    }
    int start = authorityStart(uri);
    if (start < 0) {
      return uri.equals("*") && method.equals(HttpMethod.OPTIONS);
    }
    String authority = uri.substring(start, authorityEnd(uri, start));
    return !authority.isEmpty() && authority.charAt(0) != ':' && HostName.is(authority);
  }

  private static String originForm(String uri) {
    int start = authorityStart(uri);
    if (start < 0) {
      return uri;
    }
    String raw = uri.substring(authorityEnd(uri, start));
    return raw.startsWith("/") ? raw : "/" + raw;
  }

  /** -1 where it has none. */
  private static int authorityStart(String uri) {
    for (String scheme : SCHEMES) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  private static int authorityEnd(String uri, int start) {
    int at = start;
    while (at < uri.length() && uri.charAt(at) != '/' && uri.charAt(at) != '?') {
      at++;
    }
    return at;
  }
}
