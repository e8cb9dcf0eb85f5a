package io.quorate.loadgen;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Runs what was typed. Whatever a command cannot do is one line for whoever typed it. */
public final class CommandRunner {
  private static final int USAGE_WIDTH = 100;

  private CommandRunner() {}

  /**
   * Runs the command that {@code args} name and returns its exit status: its own, that of a {@link
   * Refusal}, or {@link Refusal#BAD_INPUT} for flags that it does not have.
   *
   * @param commands gets {@code --help} for itself and each subcommand
   * @param out where help goes
   * @param err where the one line goes
   */
  public static int run(CommandLine commands, String[] args, PrintStream out, PrintStream err) {
    commands
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setUsageHelpWidth(USAGE_WIDTH)
        .setExecutionStrategy(CommandRunner::execute)
        .setExecutionExceptionHandler((failure, command, parsed) -> refuse(failure, err))
        .setParameterExceptionHandler(
            (refused, arguments) -> {
              err.println(oneLine(refused) + "; --help lists what there is");
              return Refusal.BAD_INPUT;
            });
    addHelp(commands);
    commands.getSubcommands().values().forEach(CommandRunner::addHelp);
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
