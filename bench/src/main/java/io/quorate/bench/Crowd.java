package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that hold their places at a node and ask nothing: idle ones, and such as send a head
 * that never ends, a byte a second each. One that the node closes comes back.
 */
final class Crowd implements AutoCloseable {
  static final int IDLE = 1_000;
  static final int SLOW = 500;

  private static final byte[] HEAD =
      "GET /v1/kv/slow HTTP/1.1\r\nHost: slow\r\nX: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MORE = {'x'};

  /** Each slow connection has its turn once in so many. */
  private static final int TURNS = 10;

  private static final long TURN_MILLIS = 100;
  private static final long END_MILLIS = 5_000;

  private final SocketAddress node;
  private final List<SocketChannel> idle = new ArrayList<>();
  private final List<SocketChannel> slow = new ArrayList<>();
  private final Thread sender = new Thread(this::trickle, "crowd");
  private final ByteBuffer answer = ByteBuffer.allocate(4096);

  /** Why it is not the crowd that it should be; empty while it is. */
  private volatile String problem = "";

  private Crowd(SocketAddress node) {
    this.node = node;
  }

  /** Has all connect to a node on loopback, and the slow ones begin. */
  static Crowd gather(int port) throws Refusal {
    Crowd crowd = new Crowd(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    try {
      for (int i = 0; i < IDLE; i++) {
        crowd.idle.add(crowd.connect());
      }
      for (int i = 0; i < SLOW; i++) {
        crowd.slow.add(crowd.begin());
      }
    } catch (IOException failed) {
      crowd.close();
      throw Refusal.failed("a crowd cannot connect: " + failed.getMessage());
    }
    crowd.sender.start();
    return crowd;
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(node);
    channel.configureBlocking(false);
    return channel;
  }

  private SocketChannel begin() throws IOException {
    SocketChannel channel = connect();
    channel.write(ByteBuffer.wrap(HEAD));
    return channel;
  }

  private void trickle() {
    try {
      for (int turn = 0; !Thread.currentThread().isInterrupted(); turn = (turn + 1) % TURNS) {
        for (int i = turn; i < SLOW; i += TURNS) {
          if (!sends(slow.get(i))) {
            slow.get(i).close();
            slow.set(i, begin());
          }
        }
        Thread.sleep(TURN_MILLIS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    } catch (IOException failed) {
      problem = "a slow connection could not come back: " + failed.getMessage();
    }
  }

  private boolean sends(SocketChannel channel) {
    try {
      answer.clear();
      return channel.read(answer) >= 0 && channel.write(ByteBuffer.wrap(MORE)) >= 0;
    } catch (IOException closed) {
      return false;
    }
  }

  /** Refuses to have measured anything where the crowd did not stand to the end. */
  void check() throws Refusal {
    if (!problem.isEmpty()) {
      throw Refusal.failed(problem);
    }
  }

  @Override
  public void close() {
    sender.interrupt();
    try {
      sender.join(END_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    idle.forEach(Crowd::close);
    slow.forEach(Crowd::close);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException closed) {
      // It is gone all the same.
    }
  }
}
