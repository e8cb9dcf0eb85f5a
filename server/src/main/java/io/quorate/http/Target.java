package io.quorate.http;

/**
 * What a request line asks for, still encoded.
 *
 * @param raw path and query as they came, beginning with a slash
 * @param query what follows the question mark; empty where there is none
 */
record Target(String raw, String path, String query) {

  /** Takes {@code /path?query}, and {@code http://authority/path?query} for the same. */
  static Target of(String uri) {
    String raw = uri.startsWith("/") ? uri : originForm(uri);
    int question = raw.indexOf('?');
    return question < 0
        ? new Target(raw, raw, "")
        : new Target(raw, raw.substring(0, question), raw.substring(question + 1));
  }

  private static String originForm(String uri) {
    int scheme = uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    for (int i = scheme + 3; i < uri.length(); i++) {
      if (uri.charAt(i) == '/') {
        return uri.substring(i);
      }
      if (uri.charAt(i) == '?') {
        return "/" + uri.substring(i);
      }
    }
    return "/";
  }

  /** The decoded value of a query parameter; empty text where it is not there. */
  Parsed<String> parameter(String name) {
    String found = "";
    boolean there = false;
    for (int start = 0; start < query.length(); ) {
      int end = endOfPair(start);
      int afterName = endOfName(start, end);
      if (names(name, start, afterName)) {
        if (there) {
          return Parsed.badRequest(name + " stands more than once; it is taken once");
        }
        there = true;
        found = PercentCode.text(query.substring(Math.min(end, afterName + 1), end));
        if (found.isEmpty()) {
          return Parsed.badRequest(name + " is empty");
        }
      }
      start = end + 1;
    }
    return Parsed.value(found);
  }

  /** The first value of a query parameter as it came; empty where it is not there. */
  String encodedParameter(String name) {
    for (int start = 0; start < query.length(); ) {
      int end = endOfPair(start);
      int afterName = endOfName(start, end);
      if (names(name, start, afterName)) {
        return query.substring(Math.min(end, afterName + 1), end);
      }
      start = end + 1;
    }
    return "";
  }

  private int endOfPair(int start) {
    int end = query.indexOf('&', start);
    return end < 0 ? query.length() : end;
  }

  private int endOfName(int start, int endOfPair) {
    int equals = query.indexOf('=', start);
    return equals < 0 ? endOfPair : Math.min(equals, endOfPair);
  }

  private boolean names(String name, int start, int end) {
    String sent = query.substring(start, end);
    return sent.equals(name) || (sent.indexOf('%') >= 0 && PercentCode.text(sent).equals(name));
  }
}
