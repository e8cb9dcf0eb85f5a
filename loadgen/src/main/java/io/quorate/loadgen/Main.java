package io.quorate.loadgen;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintStream;
import picocli.CommandLine;

/** The load generator: the sweep, unless another command is named. */
public final class Main {
  private Main() {}

  /** Runs a command and ends the virtual machine with its exit status. */
  public static void main(String[] args) {
    // What logs on the class path belongs to the server, and may be set up to tell all.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    StopSignal stop = StopSignal.onShutdown();
    Surroundings surroundings =
        new Surroundings(
            System.out, ProgressLine.onTerminal(), stop, NodeCommand.of(NodeCommand.NODE_MAIN));
    int status = Refusal.FAILED;
    try {
      status = run(args, surroundings, System.err);
    } finally {
      System.out.flush();
      stop.ended();
    }
    System.exit(status);
  }

  /** Runs a command and returns its exit status. What it cannot do is one line on {@code err}. */
  static int run(String[] args, Surroundings surroundings, PrintStream err) {
    CommandLine commands =
        new CommandLine(new SweepCommand(surroundings))
            .setCommandName("loadgen")
            .addSubcommand("sweep", new SweepCommand(surroundings))
            .addSubcommand("compare", new CompareCommand(surroundings))
            .addSubcommand("drive", new DriveCommand(surroundings))
            .addSubcommand("cluster", new ClusterCommand(surroundings))
            .addSubcommand("delays", new DelaysCommand(surroundings));
    return CommandRunner.run(commands, args, surroundings.out(), err);
  }
}
