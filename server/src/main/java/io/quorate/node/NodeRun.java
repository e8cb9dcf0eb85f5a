package io.quorate.node;

import java.io.IOException;
import java.io.InputStream;
import java.security.Security;
import java.util.concurrent.CountDownLatch;

/** The life of the one node of this virtual machine. */
final class NodeRun {

  static final int EXIT_BAD_INPUT = 2;

  /** Asked for something that could not be done. */
  static final int EXIT_CANNOT = 1;

  private NodeRun() {}

  /** Starts the node that the environment describes, waits until it is to stop, and stops it. */
  static int untilStopped() throws InterruptedException {
    // A name may come to mean another address: nothing that was resolved is kept.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    NodeConfig config;
    Node node;
    try {
      config = NodeConfig.read(new Environment(System.getenv()));
      node = Node.start(config);
    } catch (WrongVariableException wrong) {
      System.err.println(wrong.getMessage());
      return EXIT_BAD_INPUT;
    } catch (CannotStartException cannot) {
      System.err.println(cannot.getMessage());
      return EXIT_CANNOT;
    }
    System.out.println(config.role().word() + " listening on " + node.url());
    System.out.println(keeping(config));
    System.out.flush();
    awaitStop(config, node);
    return 0;
  }

  /** One line: where its data is, and what of it may be lost. */
  static String keeping(NodeConfig config) {
    return config
        .dataDirectory()
        .map(
            directory ->
                "keeps its data in "
                    + directory
                    + ", FSYNC="
                    + config.log().fsync()
                    + "; may lose: "
                    + config.log().fsync().mayLose())
        .orElse("keeps its data in memory only: nothing is on disk, a restart begins empty");
  }

  /** Stops on SIGTERM or SIGINT, or when standard input closes where that is asked for. */
  private static void awaitStop(NodeConfig config, Node node) throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  awaitQuietly(stopped);
                  // The JVM would report the signal; the node stopped as asked.
                  Runtime.getRuntime().halt(0);
                },
                "stop"));
    if (config.exitOnStdinClose()) {
      Thread watch = new Thread(() -> awaitEnd(System.in, asked), "stdin");
      watch.setDaemon(true);
      watch.start();
    }
    asked.await();
    try {
      node.stop();
    } finally {
      stopped.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(InputStream in, CountDownLatch ended) {
    try {
      while (in.read() >= 0) {
        // what comes is of no interest, only that it ends
      }
    } catch (IOException closed) {
      // ended all the same
    }
    ended.countDown();
  }
}
