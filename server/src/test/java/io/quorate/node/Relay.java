package io.quorate.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands before a node, and takes what is for it without handing it on when the test says so: the
 * node is as good as paused.
 */
final class Relay implements AutoCloseable {

  private final URI node;
  private final ServerSocket listening;
  private final Collection<Socket> open = new ConcurrentLinkedQueue<>();

  private volatile boolean holding;

  Relay(String node) throws IOException {
    this.node = URI.create(node);
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** From now on nothing arrives. */
  void hold() {
    holding = true;
  }

  private static void start(Runnable loop) {
    Thread thread = new Thread(loop, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = listening.accept();
        open.add(from);
        Socket to = new Socket(node.getHost(), node.getPort());
        open.add(to);
        start(() -> pass(from, to));
        start(() -> pass(to, from));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8 << 10];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int bytes = in.read(buffer); bytes >= 0; bytes = in.read(buffer)) {
        if (!holding) {
          out.write(buffer, 0, bytes);
        }
      }
    } catch (IOException closed) {
      // So is the other side.
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
