package io.quorate.node;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of a watch on a socket of its own, that reads when the test says so. */
final class EventStream implements AutoCloseable {

  /** So little waits in the client's kernel. */
  private static final int RECEIVE_BYTES = 4096;

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final List<String> head = new ArrayList<>();

  /** What is left of the present chunk. */
  private int left;

  private boolean ended;

  EventStream(String node, String path, String... fields) throws IOException {
    URI url = URI.create(node);
    socket.setReceiveBufferSize(RECEIVE_BYTES);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    String request = "GET " + path + " HTTP/1.1\r\nHost: n\r\n";
    for (String field : fields) {
      request += field + "\r\n";
    }
    socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
    in = new BufferedInputStream(socket.getInputStream(), RECEIVE_BYTES);
    for (String line = line(); !line.isEmpty(); line = line()) {
      head.add(line);
    }
  }

  /** Status line and header fields. */
  List<String> head() {
    return head;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the connection ended in a line");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }

  /** A byte of the body; -1 after the last chunk. */
  private int read() throws IOException {
    if (left == 0 && !ended) {
      left = Integer.parseInt(line(), 16);
      ended = left == 0;
    }
    if (ended) {
      return -1;
    }
    int next = in.read();
    left--;
    if (left == 0) {
      line();
    }
    return next;
  }

  /** The lines of the next event, or of the next comment; null at the end of the stream. */
  @Nullable List<String> next() throws IOException {
    List<String> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = read(); next >= 0; next = read()) {
      if (next != '\n') {
        line.write(next);
      } else if (line.size() > 0) {
        lines.add(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        return lines;
      }
    }
    return null;
  }

  /** The next that is no comment; null at the end. */
  @Nullable List<String> nextEvent() throws IOException {
    List<String> lines = next();
    while (lines != null && lines.get(0).startsWith(":")) {
      lines = next();
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
