package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.Locale;

/** What a request asks for, as it is counted. */
enum Asked {
  READ,
  WRITE,
  OTHER;

  static Asked of(HttpMethod method, String path) {
    if (path.equals(Served.BATCH)) {
      return WRITE;
    }
    if (!path.equals(Served.KEYS)) {
      return OTHER;
    }
    return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD) ? READ : WRITE;
  }

  /** As a label. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
