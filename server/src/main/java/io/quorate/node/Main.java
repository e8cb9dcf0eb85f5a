package io.quorate.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.security.Security;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a node until it is told to stop. All that it is told stands in environment variables. */
@Command(
    name = "server.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Runs one Quorate node, leader or follower, until SIGTERM.")
public final class Main implements Callable<Integer> {

  private static final int EXIT_CANNOT_START = 1;
  private static final int EXIT_BAD_INPUT = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler(Main::refuse);
    line.getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER, help -> variables());
    System.exit(line.execute(arguments));
  }

  private static int refuse(ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println(
        wrong.getMessage() + "; takes --help, --version and environment variables (see --help)");
    return EXIT_BAD_INPUT;
  }

  private static String variables() {
    StringBuilder text = new StringBuilder("\nEnvironment variables:\n");
    for (Variable variable : Variable.values()) {
      text.append(
          String.format(
              "  %-23s %s%n  %-23s takes %s; default %s%n",
              variable.name(), variable.meaning, "", variable.takes, variable.preset));
    }
    return text.toString();
  }

  @Override
  public Integer call() throws InterruptedException {
    // A name may come to mean another address: nothing that was resolved is kept.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    PrintWriter err = spec.commandLine().getErr();
    NodeConfig config;
    Node node;
    try {
      config = NodeConfig.read(new Environment(System.getenv()));
      node = Node.start(config);
    } catch (WrongVariableException wrong) {
      err.println(wrong.getMessage());
      return EXIT_BAD_INPUT;
    } catch (CannotStartException cannot) {
      err.println(cannot.getMessage());
      return EXIT_CANNOT_START;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(config.role().word() + " listening on " + node.url());
    out.println("keeps its data in memory only: nothing is on disk, a restart begins empty");
    out.flush();
    awaitStop(config, node);
    return 0;
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

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"quorate " + (version == null ? "unpackaged" : version)};
    }
  }
}
