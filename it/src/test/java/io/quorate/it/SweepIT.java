package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The packaged load generator, from its flags to the proof. */
@Isolated("it measures, and a rate is to be reached")
final class SweepIT {

  private static final int WRITES = 300;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @TempDir private Path out;

  @Test
  void sweepStartsItsOwnClusterMeasuresEachQuorumTwiceAndProvesThatTheReplicasAgree()
      throws Exception {
    JarRun run =
        JarRun.of(
            Jars.LOADGEN,
            Map.of(),
            "--followers=2",
            "--writes=" + WRITES,
            "--warmup-limit=1s",
            "--quorums=1-2",
            "--out=" + out);

    assertThat(run.exitStatus()).as(run.printed()).isZero();
    assertThat(run.printed()).doesNotContain("WARNING");
    assertThat(run.out()).contains("light", "loaded", "p99");
    JsonNode sweep = new ObjectMapper().readTree(out.resolve("sweep.json").toFile());
    assertThat(sweep.path("proof").path("converged").toString()).as("%s", sweep).isEqualTo("true");
    assertThat(files(".hgrm")).as("light, loaded and light without lag").hasSize(3 * 2);
    assertThat(out.resolve("report.html")).isNotEmptyFile();
    assertThat(files(".svg")).isNotEmpty();
    assertResults(sweep.path("results"));
    assertCompletions(sweep.path("completions"));
    assertThat(sweep.path("links")).as("%s", sweep.path("links")).hasSize(2);
    NodeClient ended = new NodeClient(sweep.path("settings").path("leader").asText());
    assertThatThrownBy(ended::status).isInstanceOf(UncheckedIOException.class);
  }

  private void assertResults(JsonNode results) throws Exception {
    assertThat(results).as("%s", results).hasSize(3 * 2);
    for (JsonNode result : results) {
      assertThat(result.path("count").asInt()).as("%s", result).isEqualTo(WRITES);
      assertThat(result.path("errors").asInt()).as("%s", result).isZero();
      assertThat(Files.readString(out.resolve(result.path("histogram_file").asText())))
          .contains("Percentile", "Total count    =" + String.format("%13d", WRITES));
    }
  }

  /** With w = 1 of 2 one of the two completed each write, with w = 2 the slower one did. */
  private static void assertCompletions(JsonNode completions) {
    assertThat(completions).as("%s", completions).hasSize(2);
    for (JsonNode quorum : completions) {
      int counted = 0;
      for (JsonNode follower : quorum.path("followers")) {
        counted += follower.path("count").asInt();
      }
      assertThat(counted).as("%s", quorum).isEqualTo(WRITES);
    }
  }

  /** A machine that stands still for a moment reaches no rate: it is given more sweeps. */
  @Test
  void openLoopOfReadsAndWritesFromEveryNodeKeepsItsRateAndConverges() throws Exception {
    JsonNode results = openLoop(out.resolve("1"));
    for (int more = 2; more <= 4 && !allReachedTheirRate(results); more++) {
      results = openLoop(out.resolve("" + more));
    }
    assertThat(allReachedTheirRate(results)).as("%s", results).isTrue();
  }

  private static boolean allReachedTheirRate(JsonNode results) {
    return StreamSupport.stream(results.spliterator(), false)
        .allMatch(result -> result.path("rate_reached").toString().equals("true"));
  }

  private static JsonNode openLoop(Path reports) throws Exception {
    JarRun run =
        JarRun.of(
            Jars.LOADGEN,
            Map.of(),
            "--followers=2",
            "--rate=200/s",
            "--writes=" + WRITES,
            "--reads=0.5",
            "--read-from=both",
            "--keys-distribution=zipfian",
            "--value-bytes=16-1024",
            "--warmup-limit=2s",
            "--quorums=2",
            "--out=" + reports);

    assertThat(run.exitStatus()).as(run.printed()).isZero();
    JsonNode sweep = new ObjectMapper().readTree(reports.resolve("sweep.json").toFile());
    assertThat(sweep.path("settings").path("mode").asText()).isEqualTo("open");
    JsonNode results = sweep.path("results");
    assertThat(results).as("writes and reads, with lag and without").hasSize(4);
    for (JsonNode result : results) {
      assertThat(result.path("load").asText()).isEqualTo("open");
      assertThat(result.path("rate_reached").isBoolean()).as("%s", result).isTrue();
      assertThat(result.path("late_us").path("max").isNumber()).as("%s", result).isTrue();
      assertThat(result.path("errors").asInt()).as("%s", result).isZero();
    }
    return results;
  }

  @Test
  void baselineLeavesTheLagOfARunningClusterAsItWas() throws Exception {
    Cluster cluster =
        nodes.cluster(ClusterPlan.of(1).with("MIN_DELAY_MS", "0.2").with("MAX_DELAY_MS", "0.4"));

    JarRun run =
        JarRun.of(
            Jars.LOADGEN,
            Map.of(),
            "--leader=" + cluster.leader().url(),
            "--baseline",
            "--rounds=2",
            "--writes=50",
            "--warmup-limit=0s",
            "--out=" + out);

    assertThat(run.exitStatus()).as(run.printed()).isZero();
    assertThat(run.out()).contains("light no lag");
    JsonNode status = cluster.leader().client().status();
    assertThat(status.path("min_delay_ms").asDouble()).isEqualTo(0.2);
    assertThat(status.path("max_delay_ms").asDouble()).isEqualTo(0.4);
  }

  @Test
  void nodesOfASweepThatIsKilledEndByThemselves() throws Exception {
    Process sweep =
        new ProcessBuilder(
                Jars.java(), "-jar", Jars.LOADGEN.toString(), "--followers=2", "--out=" + out)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    LeftOver.killIfWeEnd(sweep);
    Eventually.asserted(() -> assertThat(sweep.descendants()).hasSize(3));
    List<ProcessHandle> children = sweep.descendants().toList();

    sweep.destroyForcibly();

    Eventually.asserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void sweepThatIsStoppedKeepsWhatItHasMarkedAsPartialAndLeavesNoNode() throws Exception {
    Path printed = out.resolve("printed.txt");
    Path results = out.resolve("results");
    Process sweep =
        new ProcessBuilder(
                Jars.java(),
                "-jar",
                Jars.LOADGEN.toString(),
                "--followers=2",
                "--quorums=1",
                "--duration=60s",
                "--warmup-limit=0s",
                "--out=" + results)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    LeftOver.killIfWeEnd(sweep);
    Eventually.asserted(() -> assertThat(Files.readString(printed)).contains("of 60 s"));
    List<ProcessHandle> children = sweep.descendants().toList();
    assertThat(children).hasSize(3);

    assertThat(sweep.supportsNormalTermination()).isTrue();
    sweep.destroy();

    assertThat(sweep.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
    assertThat(sweep.exitValue()).isNotZero();
    Eventually.asserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    assertThat(Files.readString(printed)).contains("incomplete: stopped by the user");
    JsonNode partial = new ObjectMapper().readTree(results.resolve("sweep.json").toFile());
    assertThat(partial.path("complete").toString()).isEqualTo("false");
    assertThat(partial.path("results")).hasSize(1);
    assertThat(partial.path("results").path(0).path("complete").toString()).isEqualTo("false");
    assertThat(partial.path("results").path(0).path("count").asInt()).isPositive();
    assertThat(results.resolve("report.html")).isNotEmptyFile();
  }

  @Test
  void sweepOfAClusterWhoseReplicasDifferFailsAndSaysSo() throws Exception {
    Cluster cluster = nodes.cluster(ClusterPlan.of(1));
    assertThat(cluster.leader().client().put("not-of-the-sweep", "value", "w=1").status())
        .isEqualTo(200);
    cluster.follower(1).client().alter("not-of-the-sweep", "byte");

    JarRun run =
        JarRun.of(
            Jars.LOADGEN,
            Map.of(),
            "--leader=" + cluster.leader().url(),
            "--writes=50",
            "--warmup-limit=0s",
            "--out=" + out);

    assertThat(run.exitStatus()).as(run.printed()).isEqualTo(1);
    assertThat(run.printed()).contains("not-of-the-sweep");
  }

  private List<Path> files(String ending) throws Exception {
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
