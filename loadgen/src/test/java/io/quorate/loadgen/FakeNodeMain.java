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

  /** With it the last node of three leads, whatever it is told, and the first one follows. */
  static final String LED_LAST = "2";

  private FakeNodeMain() {}

  /** Listens, and ends when its standard input closes. */
  public static void main(String[] args) throws IOException {
    if (REFUSING.equals(System.getenv("WRITE_QUORUM"))) {
      System.out.println("port 4711 is in use");
      System.exit(1);
    }
    String urls = System.getenv("FOLLOWER_URLS");
    FakeNode node;
    boolean elsewhere = LED_LAST.equals(System.getenv("WRITE_QUORUM"));
    boolean last = String.valueOf(System.getenv("DATA_DIR")).endsWith("node-2");
    if (elsewhere && last) {
      node = FakeNode.leader(FakeNode.follower(), FakeNode.follower());
    } else if (urls == null || elsewhere) {
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
    System.out.println("DATA_DIR is " + System.getenv("DATA_DIR"));
    System.out.println("FSYNC is " + System.getenv("FSYNC"));
    byte[] untilClosed = System.in.readAllBytes();
    System.out.println(new String(untilClosed, StandardCharsets.UTF_8));
    System.exit(0);
  }
}
