package io.quorate.loadgen;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The load generator: the sweep, unless another command is named. */
public final class Main {
  private static final int USAGE_WIDTH = 100;

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
            .addSubcommand("delays", new DelaysCommand(surroundings))
            .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
            .setUsageHelpWidth(USAGE_WIDTH)
            .setExecutionStrategy(Main::execute)
            .setExecutionExceptionHandler((failure, command, parsed) -> refuse(failure, err))
            .setParameterExceptionHandler(
                (refused, arguments) -> {
                  err.println(oneLine(refused) + "; --help lists what there is");
                  return Refusal.BAD_INPUT;
                });
    addHelp(commands);
    commands.getSubcommands().values().forEach(Main::addHelp);
    return commands.execute(args);
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this and end")
                .build());
  }

  private static int execute(CommandLine.ParseResult parsed) {
    if (parsed.hasSubcommand() && !parsed.matchedOptions().isEmpty()) {
      String flag = parsed.matchedOptions().get(0).longestName();
      throw new CommandLine.ParameterException(
          parsed.commandSpec().commandLine(),
          flag
              + ": stands before '"
              + parsed.subcommand().commandSpec().name()
              + "', goes after it");
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int refuse(Exception failure, PrintStream err) throws Exception {
    if (failure instanceof Refusal refusal) {
      err.println(refusal.line());
      return refusal.exitStatus();
    }
    throw failure;
  }

  private static String oneLine(CommandLine.ParameterException refused) {
    return String.valueOf(refused.getMessage()).replaceAll("\\s+", " ");
  }
}
