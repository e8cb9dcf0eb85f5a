package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A packaged jar that was run to its end, as {@code java -jar} with no option of the virtual
 * machine.
 *
 * @param out its standard output
 * @param err its standard error
 */
record JarRun(int exitStatus, String out, String err) {

  private static final Duration LIMIT = Duration.ofSeconds(100);

  /**
   * Runs the jar; kills it when it has not ended after a bounded time, which is a failure.
   *
   * @param variables all that its environment says of Quorate
   */
  static JarRun of(Path jar, Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Jars.java(), "-jar", jar.toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("quorate", ".out");
    Path err = Files.createTempFile("quorate", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(Jars.environment(variables));
      Process child = builder.start();
      LeftOver.killIfWeEnd(child);
      boolean ended = child.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      child.destroyForcibly().waitFor();
      String printed = Files.readString(out);
      String complained = Files.readString(err);
      assertThat(ended)
          .as("%s ends within %s; it printed%n%s%n%s", jar, LIMIT, printed, complained)
          .isTrue();
      return new JarRun(child.exitValue(), printed, complained);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** All that it printed. */
  String printed() {
    return out + err;
  }
}
