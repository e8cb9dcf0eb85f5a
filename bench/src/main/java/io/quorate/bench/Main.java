package io.quorate.bench;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import io.quorate.loadgen.CommandRunner;
import io.quorate.loadgen.NodeCommand;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StopSignal;
import io.quorate.loadgen.Surroundings;
import java.io.PrintStream;
import picocli.CommandLine;

/** The bench. */
public final class Main {
  private Main() {}

  /** Runs it and ends the virtual machine with its exit status. */
  public static void main(String[] args) {
    // What logs on the class path belongs to the server, and may be set up to tell all.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    StopSignal stop = StopSignal.onShutdown();
    Surroundings surroundings =
        new Surroundings(System.out, false, stop, NodeCommand.of(NodeCommand.NODE_MAIN));
    int status = Refusal.FAILED;
    try {
      status = run(args, surroundings, System.err);
    } finally {
      System.out.flush();
      stop.ended();
    }
    System.exit(status);
  }

  /** Runs the command and returns its exit status. What it cannot do is one line. */
  static int run(String[] args, Surroundings surroundings, PrintStream err) {
    return CommandRunner.run(
        new CommandLine(new BenchCommand(surroundings)), args, surroundings.out(), err);
  }
}
