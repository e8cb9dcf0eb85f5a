package io.quorate.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Ports of 127.0.0.1 that a node keeps while it is not running. They lie below those that Linux
 * takes for outgoing connections, of which one would else stand in its way when it starts again.
 */
final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int COUNT = 12_000;
  private static final int ATTEMPTS = 100;
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** One that nobody listens on, and that was not handed out before. */
  static int next() {
    SplittableRandom random = new SplittableRandom();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = LOWEST + random.nextInt(COUNT);
      if (TAKEN.add(port) && isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no port is free in " + ATTEMPTS + " drawn from " + LOWEST + " on");
  }

  /** All but the last digit of ten ports that nobody listens on. */
  static String decade() {
    SplittableRandom random = new SplittableRandom();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int first = (LOWEST + random.nextInt(COUNT)) / 10 * 10;
      if (IntStream.range(first, first + 10).allMatch(port -> TAKEN.add(port) && isFree(port))) {
        return Integer.toString(first / 10);
      }
    }
    throw new AssertionError("no ten ports in a row are free");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
