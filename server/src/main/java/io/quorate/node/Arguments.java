package io.quorate.node;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line of a node: without a command it runs one, and says nothing else. */
@Command(
    name = "server.jar",
    mixinStandardHelpOptions = true,
    versionProvider = Arguments.Version.class,
    description = "Runs one Quorate node, leader or follower, until SIGTERM.",
    subcommands = {
      RestoreCommand.class,
      VerifyCommand.class,
      PromoteCommand.class,
      SwitchoverCommand.class
    })
final class Arguments implements Callable<Integer> {

  private Arguments() {}

  /** Does what they ask for, and returns the exit status. */
  static int execute(String[] arguments) {
    return line().execute(arguments);
  }

  static CommandLine line() {
    CommandLine line = new CommandLine(new Arguments());
    line.setParameterExceptionHandler(Arguments::refuse);
    line.getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER, help -> variables());
    return line;
  }

  private static int refuse(ParameterException wrong, String[] arguments) {
    CommandLine line = wrong.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(
        OneLine.of(String.valueOf(wrong.getMessage()))
            + (line.getParent() == null
                ? "; takes a command, --help, --version and environment variables (see --help)"
                : "; see server.jar " + line.getCommandName() + " --help"));
    return NodeRun.EXIT_BAD_INPUT;
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
    return NodeRun.untilStopped();
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"quorate " + (version == null ? "unpackaged" : version)};
    }
  }
}
