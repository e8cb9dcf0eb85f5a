package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Ports of loopback. */
final class Ports {
  private static final int CONNECT_LIMIT_MILLIS = 200;

  private Ports() {}

  /** Ports of loopback that nobody listens on, each another one. */
  static List<Integer> free(int count) throws Refusal {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int port = 0; port < count; port++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException failed) {
      throw Refusal.failed("no free port on " + LocalCluster.HOST + ": " + failed.getMessage());
    } finally {
      held.forEach(Ports::close);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** Whether something on loopback accepts connections on the port. */
  static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MILLIS);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
