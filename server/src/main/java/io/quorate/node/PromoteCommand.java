package io.quorate.node;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a follower become the leader. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description =
        "Has the follower at URL become the leader. Ends with 0 when it leads, 1 when it refused.")
final class PromoteCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "URL", description = "where the follower listens")
  private String url = "";

  @Option(
      names = "--force",
      description = "go on with too few grants: confirmed writes may be lost")
  private boolean force;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "how long it may take, such as 5s (default 30s)")
  private @Nullable String timeout;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = spec.commandLine();
    NodeRequest request = new NodeRequest(url, "/v1/promote");
    if (force) {
      request.with("force", "true");
    }
    return request.timeout(timeout, line).post("URL", line);
  }
}
