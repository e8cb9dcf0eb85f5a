package io.quorate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.quorate.replication.Replica;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers on loopback, and the sockets of their clients. */
final class Loopback implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  /** Has the replica served; on which port. */
  int serve(HttpServer server, Replica replica) {
    Channel channel =
        server
            .bind(loops, NioServerSocketChannel.class, "127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
    server.serve(replica);
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
  }

  /** All that comes until the other side closes. */
  static List<Response> untilClosed(Socket socket) throws IOException {
    return Response.parse(socket.getInputStream().readAllBytes(), false);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
