package io.quorate.node;

import io.quorate.core.StateHead;
import io.quorate.log.CorruptionException;
import io.quorate.log.RefusedException;
import io.quorate.log.Restore;
import io.quorate.log.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a data directory of a snapshot file. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a data directory of a snapshot file, as GET /v1/snapshot gives it.",
      "A cluster is restored whole: every node from the same file, or none."
    })
final class RestoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "the snapshot file")
  private Path file = Path.of("");

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "the directory to make: empty, or not there. Default: DATA_DIR, where it is set")
  private @Nullable Path directory;

  @Override
  public Integer call() {
    CommandLine line = spec.commandLine();
    Path to = directory != null ? directory : configured();
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      line.getErr().println("FILE: got \"" + file + "\"; takes a snapshot file that can be read");
      return NodeRun.EXIT_BAD_INPUT;
    }
    if (to == null) {
      line.getErr().println("--data-dir: got nothing, nor is DATA_DIR set; takes a directory");
      return NodeRun.EXIT_BAD_INPUT;
    }
    try {
      SnapshotFile.Summary summary = Restore.run(file, to, new SecureRandom().nextLong());
      line.getOut().println("restored " + told(summary) + " to " + to);
      return 0;
    } catch (RefusedException | CorruptionException refused) {
      line.getErr().println("nothing was restored: " + refused.getMessage());
      return NodeRun.EXIT_CANNOT;
    } catch (IOException failed) {
      line.getErr().println("nothing was restored: " + FileFailure.inWords(failed));
      return NodeRun.EXIT_CANNOT;
    }
  }

  private static @Nullable Path configured() {
    return new Environment(System.getenv()).given(Variable.DATA_DIR).map(Path::of).orElse(null);
  }

  private static String told(SnapshotFile.Summary summary) {
    StateHead state = summary.head().state();
    return summary.entries()
        + " entries, through version "
        + state.lastVersion()
        + " of epoch "
        + state.reign().leadership().epoch();
  }
}
