package io.quorate.loadgen;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a node listens: {@code http://host:port}, without a path. */
public record NodeUrl(String host, int port) {
  /** What a flag that takes one of these says it takes. */
  static final String TAKES = "a URL like http://127.0.0.1:8080";

  private static final int DEFAULT_HTTP_PORT = 80;

  /** The URL that {@code text} spells, or null where it is none, or has more than host and port. */
  static @Nullable NodeUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException notAUrl) {
      return null;
    }
    String path = uri.getRawPath();
    boolean onlyHostAndPort =
        "http".equalsIgnoreCase(uri.getScheme())
            && uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && (path == null || path.isEmpty() || path.equals("/"));
    if (!onlyHostAndPort || uri.getPort() == 0 || uri.getPort() > 65_535) {
      return null;
    }
    return new NodeUrl(uri.getHost(), uri.getPort() < 0 ? DEFAULT_HTTP_PORT : uri.getPort());
  }

  /** The host as a socket wants it: an IPv6 address without its brackets. */
  String socketHost() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** The value of a {@code Host} header: the zone of an address is of this machine alone. */
  String authority() {
    int zone = host.indexOf('%');
    return (zone < 0 ? host : host.substring(0, zone) + "]") + ":" + port;
  }

  @Override
  public String toString() {
    return "http://" + host + ":" + port;
  }
}
