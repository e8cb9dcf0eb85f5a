package io.quorate.http;

import org.jspecify.annotations.Nullable;

/**
 * What a node's connections are served with now, which changes with its role. Whoever takes up a
 * request reads it once for that request, so that each is answered by one role to its end.
 */
final class Serving {

  /** One role's routes, and which requests to them go the short way. */
  record Part(Routes routes, PlainRequests plainRequests) {

    static Part of(Routes routes, HttpOptions options) {
      return new Part(routes, PlainRequests.of(routes, options));
    }
  }

  /** Null before there is any. */
  private volatile @Nullable Part part;

  /** Serves nothing yet. */
  Serving() {}

  Serving(Part part) {
    this.part = part;
  }

  /** From now on requests are answered by this one. Any thread. */
  void become(Part next) {
    part = next;
  }

  Part now() {
    Part current = part;
    if (current == null) {
      throw new IllegalStateException("accepted a connection before there is anything to serve");
    }
    return current;
  }
}
