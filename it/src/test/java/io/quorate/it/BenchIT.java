package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The bench as it is handed out; only what takes no other tool and no time. */
@Tag("processes")
@Isolated("it measures")
final class BenchIT {
  @TempDir private Path directory;

  @Test
  void benchMeasuresARowWritesItsReportsAndLeavesNothingBehind() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    Path out = directory.resolve("out");

    JarRun run =
        JarRun.of(
            Jars.BENCH,
            Map.of("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary),
            "--only",
            "cold-start",
            "--rounds",
            "1",
            "--out",
            out.toString());

    assertThat(run.exitStatus()).as(run.printed()).isZero();
    assertThat(run.printed()).doesNotContain("WARNING");
    JsonNode row = new ObjectMapper().readTree(out.resolve("bench.json").toFile()).at("/rows/0");
    assertThat(row.path("row").asText()).isEqualTo("cold-start");
    assertThat(row.path("median").asDouble()).isBetween(0.05, 60.0);
    assertThat(row.path("verdict").asText()).isIn("aim met", "met", "not met");
    assertThat(out.resolve("bench.md"))
        .content()
        .contains("| cold start to ready, one node alone |");
    try (var left = Files.list(temporary)) {
      assertThat(left.filter(file -> file.getFileName().toString().startsWith("quorate-bench")))
          .isEmpty();
    }
  }
}
