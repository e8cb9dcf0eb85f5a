package io.quorate.http;

/**
 * What a request line asks for, still encoded.
 *
 * @param raw path and query as they came, beginning with a slash
 */
record Target(String raw, String path, Query query) {

  /** Takes {@code /path?query}, and {@code http://authority/path?query} for the same. */
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
}
