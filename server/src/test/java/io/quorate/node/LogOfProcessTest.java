package io.quorate.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node's process writes to standard error. */
final class LogOfProcessTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void everyLineIsAnObjectAndNamesTheNodeAndItsEpochOnceItLeads(@TempDir Path directory)
      throws Exception {
    Path err = directory.resolve("err");
    Process node =
        start(
            err,
            Map.of(
                "NODE_ID", "n0:1",
                "DATA_DIR", directory.resolve("disk").toString(),
                "LOG_FORMAT", "json"));
    untilItLeads(node, err);
    // Java's own, which java.options silence.
    List<String> lines =
        Files.readAllLines(err, UTF_8).stream()
            .filter(line -> !line.startsWith("WARNING: "))
            .toList();
    assertThat(lines).hasSizeGreaterThan(1).allSatisfy(line -> assertThat(isObject(line)).isTrue());
    assertThat(lines)
        .filteredOn(line -> line.contains("leading with epoch"))
        .allSatisfy(line -> assertThat(line).contains("\"node\":\"n0:1\",\"epoch\":1,"))
        .hasSize(1);
  }

  @Test
  void leaderWithNobodyToAskWarnsOfNothing(@TempDir Path directory) throws Exception {
    Path err = directory.resolve("err");
    Process node = start(err, Map.of());
    untilItLeads(node, err);
    List<String> lines = Files.readAllLines(err, UTF_8);
    int leads = indexOf(lines, "leading with epoch");
    assertThat(lines.subList(0, leads)).noneMatch(line -> line.contains("not leading"));
  }

  private static int indexOf(List<String> lines, String text) {
    return IntStream.range(0, lines.size())
        .filter(line -> lines.get(line).contains(text))
        .findFirst()
        .orElseThrow();
  }

  /** And then stops it. */
  private static void untilItLeads(Process node, Path err) throws Exception {
    try {
      await()
          .atMost(LIMIT)
          .until(() -> Files.readString(err, UTF_8).contains("leading with epoch"));
      node.getOutputStream().close();
      assertThat(node.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      node.destroyForcibly();
    }
  }

  /** A leader without followers, with these variables besides. */
  private static Process start(Path err, Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder
        .environment()
        .putAll(
            Map.of(
                "ROLE", "leader",
                "BIND_ADDRESS", "127.0.0.1",
                "PORT", "0",
                "TRANSPORT", "nio",
                "EXIT_ON_STDIN_CLOSE", "true"));
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static boolean isObject(String line) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    }
  }
}
