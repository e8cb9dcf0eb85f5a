package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples of clients that the README shows, run as it says, against a follower. */
final class ClientExamplesIT {

  private static final Path EXAMPLES = Path.of("../docs/examples").toAbsolutePath().normalize();

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void javaClient() throws Exception {
    check(List.of(Jars.java(), EXAMPLES.resolve("Client.java").toString()));
  }

  @Test
  void pythonClient() throws Exception {
    assumeTrue(hasPython(), "there is no python3 here");
    check(List.of("python3", EXAMPLES.resolve("client.py").toString()));
  }

  @Test
  void readmeShowsWhatIsRun() throws Exception {
    String readme = Files.readString(EXAMPLES.resolve("../../README.md"));
    int begin = readme.indexOf("\n    static final HttpClient HTTP");
    String section = readme.substring(begin, readme.indexOf("\n## Promises", begin));
    Set<String> run = new HashSet<>();
    for (String file : List.of("Client.java", "client.py")) {
      Files.readString(EXAMPLES.resolve(file)).lines().map(String::strip).forEach(run::add);
    }
    List<String> shown =
        section.lines().filter(line -> line.startsWith("    ")).map(String::strip).toList();
    assertThat(shown).hasSizeGreaterThan(20).isSubsetOf(run);
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      Process python = new ProcessBuilder("python3", "--version").start();
      return python.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private void check(List<String> client) throws Exception {
    ProcessCluster cluster = nodes.processes(ClusterPlan.of(2));
    List<String> command = new ArrayList<>(client);
    command.add(cluster.follower(1).url());
    Path printed = nodes.directory().resolve("client.out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    LeftOver.killIfWeEnd(process);
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(Files.readString(printed))
        .isEqualToNormalizingNewlines(
            """
            200 {"key":"greeting","version":1,"epoch":1,"acks":2,"required":2}
            200 hello
            visits: 1
            """);
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
