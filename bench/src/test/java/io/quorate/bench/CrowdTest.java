package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.loadgen.Refusal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The crowd stands at the node for as long as it is measured, or says that it does not. */
final class CrowdTest {

  private static final int WAITING = 4096;
  private static final int TIMEOUT_MILLIS = 10_000;

  @Test
  void allConnectAndWhoeverIsClosedComesBack() throws Exception {
    List<Socket> accepted = new ArrayList<>();
    try (ServerSocket node = new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
        Crowd crowd = Crowd.gather(node.getLocalPort())) {
      node.setSoTimeout(TIMEOUT_MILLIS);
      for (int i = 0; i < Crowd.IDLE + Crowd.SLOW; i++) {
        accepted.add(node.accept());
      }
      Socket slow = accepted.get(Crowd.IDLE);
      assertThat(new String(slow.getInputStream().readNBytes(4), StandardCharsets.US_ASCII))
          .isEqualTo("GET ");
      slow.close();
      accepted.add(node.accept());
      crowd.check();
    } finally {
      for (Socket socket : accepted) {
        socket.close();
      }
    }
  }

  @Test
  void nodeThatIsNotThereIsTold() throws Exception {
    int port = Ports.free(1).get(0);
    assertThatThrownBy(() -> Crowd.gather(port))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a crowd cannot connect");
  }
}
