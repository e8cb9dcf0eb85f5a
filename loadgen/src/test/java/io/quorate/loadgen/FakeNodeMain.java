package io.quorate.loadgen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A process that starts as a node does. What it is told by WRITE_QUORUM stands in for a fault. */
public final class FakeNodeMain {
  /** A leader with this quorum ends at once, as one with a port that is taken does. */
  static final String REFUSING = "0";

  /** A leader with this quorum is ready, and does not answer when asked for its status. */
  static final String SILENT = "1";

  private FakeNodeMain() {}

  /** Listens, and ends when its standard input closes. */
  public static void main(String[] args) throws IOException {
    if (REFUSING.equals(System.getenv("WRITE_QUORUM"))) {
      System.out.println("port 4711 is in use");
      System.exit(1);
    }
    String urls = System.getenv("FOLLOWER_URLS");
    FakeNode node;
    if (urls == null) {
      node = FakeNode.follower();
    } else {
      FakeNode[] followers =
          Arrays.stream(urls.split(",")).map(url -> FakeNode.follower()).toArray(FakeNode[]::new);
      node = FakeNode.leader(followers);
      if (SILENT.equals(System.getenv("WRITE_QUORUM"))) {
        node.status = FakeNode.NO_ANSWER;
      }
    }
    System.out.println("it is listening on " + node.url());
    System.out.println("MIN_DELAY_MS is " + System.getenv("MIN_DELAY_MS"));
    System.out.println("MAX_DELAY_MS is " + System.getenv("MAX_DELAY_MS"));
    byte[] untilClosed = System.in.readAllBytes();
    System.out.println(new String(untilClosed, StandardCharsets.UTF_8));
    System.exit(0);
  }
}
