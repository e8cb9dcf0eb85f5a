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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The packaged load generator, from its flags to the proof. */
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
            "--warmup=100",
            "--quorums=1-2",
            "--out=" + out);

    assertThat(run.exitStatus()).as(run.printed()).isZero();
    assertThat(run.printed()).doesNotContain("WARNING");
    assertThat(run.out()).contains("light", "loaded", "p99");
    JsonNode sweep = new ObjectMapper().readTree(out.resolve("sweep.json").toFile());
    assertThat(sweep.path("proof").path("converged").toString()).as("%s", sweep).isEqualTo("true");
    assertThat(files(".hgrm")).hasSize(4);
    assertThat(Files.readString(out.resolve("latency.svg"))).contains("<svg", "</svg>");
    assertPasses(sweep.path("passes"));
    NodeClient ended = new NodeClient(sweep.path("settings").path("leader").asText());
    assertThatThrownBy(ended::status).isInstanceOf(UncheckedIOException.class);
  }

  private void assertPasses(JsonNode passes) throws Exception {
    assertThat(passes).as("%s", passes).hasSize(4);
    for (JsonNode pass : passes) {
      assertThat(pass.path("writes").asInt()).as("%s", pass).isEqualTo(WRITES);
      assertThat(pass.path("errors").asInt()).as("%s", pass).isZero();
      assertThat(Files.readString(out.resolve(pass.path("histogram_file").asText())))
          .contains("Percentile", "Total count    =" + String.format("%13d", WRITES));
    }
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
            "--warmup=0",
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
