package io.quorate.node;

import io.quorate.log.Verify;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a data directory or a snapshot file without a node. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description =
        "Checks a data directory, whose node does not run, or a snapshot file. Changes nothing."
            + " Ends with 0 when a node can use it, 1 when not.")
final class VerifyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "PATH", description = "a data directory or a snapshot file")
  private Path path = Path.of("");

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    if (!Files.isReadable(path)) {
      line.getErr()
          .println(
              "PATH: got \""
                  + path
                  + "\"; takes a data directory or a snapshot file that can be"
                  + " read");
      return NodeRun.EXIT_BAD_INPUT;
    }
    try {
      Verify.Finding finding = Verify.of(path);
      (finding.fine() ? line.getOut() : line.getErr()).println(finding.text());
      return finding.fine() ? 0 : NodeRun.EXIT_CANNOT;
    } catch (IOException failed) {
      line.getErr().println(path + " cannot be read: " + failed);
      return NodeRun.EXIT_CANNOT;
    }
  }
}
