package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import io.quorate.core.Key;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request that came whole and is plain, as {@link PlainHead} has it.
 *
 * @param key null where its form names none
 * @param body the whole body; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record PlainRequest(Form form, @Nullable Key key, Query query, byte[] body) {

  /**
   * Requests that begin alike.
   *
   * @param path all of the path, or what stands before the key
   * @param beginning the method, a space and the path
   * @param keyed whether a key follows, and perhaps a query
   * @param bodied whether a body follows the head, whose length is told
   * @param match who answers
   */
  @SuppressWarnings("ArrayRecordComponent") // what has come is compared with it; never changed
  record Form(
      HttpMethod method,
      String path,
      byte[] beginning,
      boolean keyed,
      boolean bodied,
      Routes.Match match) {

    /** One whose path ends in a slash has a key after it. */
    static Form of(Routes routes, HttpMethod method, String path) {
      return new Form(
          method,
          path,
          (method + " " + path).getBytes(StandardCharsets.US_ASCII),
          path.endsWith("/"),
          method.equals(HttpMethod.PUT) || method.equals(HttpMethod.POST),
          routes.find(method, path));
    }

    /** As it stood in the request line. */
    Target target(@Nullable Key key, Query query) {
      String whole = key == null ? path : path + key;
      return Target.of(query.isEmpty() ? whole : whole + '?' + query.text());
    }
  }
}
