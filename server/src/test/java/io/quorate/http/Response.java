package io.quorate.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A response, as a client reads it. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Response(int status, Map<String, String> headers, byte[] body) {

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The field's value; empty where it is not there. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /**
   * All responses in {@code bytes}, which end with the last of them.
   *
   * @param withoutBody whether they answer HEAD requests
   */
  static List<Response> parse(byte[] bytes, boolean withoutBody) {
    List<Response> responses = new ArrayList<>();
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (at < all.length()) {
      int end = all.indexOf("\r\n\r\n", at);
      if (end < 0) {
        throw new AssertionError("a response breaks off: " + all.substring(at));
      }
      String[] lines = all.substring(at, end).split("\r\n", -1);
      int status = Integer.parseInt(lines[0].split(" ", 3)[1]);
      Map<String, String> headers = new TreeMap<>();
      for (int i = 1; i < lines.length; i++) {
        int colon = lines[i].indexOf(": ");
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 2));
      }
      if (!withoutBody && headers.containsKey("transfer-encoding")) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        at = readChunks(all, end + 4, body);
        responses.add(new Response(status, headers, body.toByteArray()));
        continue;
      }
      int length =
          withoutBody || status == 100 || status == 304
              ? 0
              : Integer.parseInt(headers.get("content-length"));
      at = end + 4 + length;
      byte[] body =
          all.substring(end + 4, Math.min(at, all.length())).getBytes(StandardCharsets.ISO_8859_1);
      if (body.length != length) {
        throw new AssertionError("a body breaks off: " + all);
      }
      responses.add(new Response(status, headers, body));
    }
    return responses;
  }

  /** Reads the chunks that begin there; where they end. */
  private static int readChunks(String all, int start, ByteArrayOutputStream body) {
    int at = start;
    while (true) {
      int lineEnd = all.indexOf("\r\n", at);
      int size = lineEnd < 0 ? -1 : Integer.parseInt(all.substring(at, lineEnd), 16);
      int next = lineEnd + 2 + size + 2;
      if (size < 0 || next > all.length() || !all.startsWith("\r\n", next - 2)) {
        throw new AssertionError("a body in chunks breaks off after " + body.size() + " bytes");
      }
      body.writeBytes(all.substring(lineEnd + 2, next - 2).getBytes(StandardCharsets.ISO_8859_1));
      at = next;
      if (size == 0) {
        return at;
      }
    }
  }
}
