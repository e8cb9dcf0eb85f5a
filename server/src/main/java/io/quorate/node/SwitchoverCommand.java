package io.quorate.node;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a follower lead in place of a leader that runs. */
@Command(
    name = "switchover",
    mixinStandardHelpOptions = true,
    description =
        "Has a follower lead in place of the leader at LEADER_URL. Ends with 0 when it leads, 1"
            + " when the leader leads on.")
final class SwitchoverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "LEADER_URL", description = "where the leader listens")
  private String url = "";

  @Parameters(index = "1", paramLabel = "TO", description = "id or URL of the follower")
  private String to = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "how long it may take, such as 5s (default 10s)")
  private @Nullable String timeout;

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = spec.commandLine();
    if (to.isEmpty()) {
      throw new ParameterException(line, "TO: got \"\"; takes the id or the URL of a follower");
    }
    return new NodeRequest(url, "/v1/switchover")
        .with("to", to)
        .timeout(timeout, line)
        .post("LEADER_URL", line);
  }
}
