package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Ports;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.testcontainers.containers.Container;

/** The image that users run, and what its containers may do. */
@OnContainers
final class ImageIT {

  private static final int STOP_SECONDS = 10;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void nodesTakeEpollUnderAReadOnlyRootWithoutCapabilitiesAndWithNothingToExecuteInTmp() {
    ContainerCluster cluster = nodes.containers(ClusterPlan.of(1), 1);
    for (ContainerNode node : List.of(cluster.leader(), cluster.follower(1))) {
      assertThat(node.client().status().path("transport").asText()).isEqualTo("epoll");
      assertThat(node.run("id", "-u").getStdout().strip()).isNotEqualTo("0");
      assertThat(node.run("cat", "/proc/1/status").getStdout())
          .containsPattern("CapEff:\\s+0000000000000000\n")
          .containsPattern("CapBnd:\\s+0000000000000000\n")
          .containsPattern("NoNewPrivs:\\s+1\n");
      assertThat(node.run("touch", "/opt/quorate/new").getStderr()).contains("Read-only");
      assertThat(node.run("bash", "-c", "cp /bin/true /tmp && /tmp/true").getStderr())
          .contains("Permission denied");
      assertThat(publishedAt(node)).containsExactly("127.0.0.1");
    }
  }

  @Test
  void nodesStartFromTheirCacheOfClasses() {
    ContainerCluster cluster = nodes.containers(ClusterPlan.of(1), 1);
    String entry = String.join(" ", cluster.leader().inspect().getConfig().getEntrypoint());
    assertThat(entry).startsWith("java ").contains("-XX:AOTCache=");

    Container.ExecResult strict =
        cluster
            .leader()
            .run("bash", "-c", entry.replace("java ", "java -XX:AOTMode=on ") + " --version");

    assertThat(strict.getExitCode()).as("%s", strict).isZero();
    assertThat(strict.getStderr()).isEmpty();
  }

  private static List<String> publishedAt(ContainerNode node) {
    return node.inspect().getNetworkSettings().getPorts().getBindings().values().stream()
        .filter(Objects::nonNull)
        .flatMap(Arrays::stream)
        .map(Ports.Binding::getHostIp)
        .toList();
  }

  @Test
  void nodeGetsHealthyByACheckThatStartsNoJvmAndStopsWithZeroWithinItsDeadline() throws Exception {
    ContainerCluster cluster = nodes.unstarted(ClusterPlan.of(1), 1);
    ContainerNode node = cluster.follower(1);
    Timed.run("a node was ready after", node::start);
    Timed.run(
        "it was healthy after",
        () ->
            Eventually.asserted(
                () ->
                    assertThat(node.inspect().getState().getHealth().getStatus())
                        .isEqualTo("healthy")));
    List<String> check =
        Objects.requireNonNull(
            Objects.requireNonNull(node.inspect().getConfig().getHealthcheck()).getTest());
    assertThat(check).startsWith("CMD").hasSize(2).noneMatch(word -> word.contains("java"));
    assertThat(node.run("cat", check.get(1)).getStdout()).contains("/livez").doesNotContain("java");

    long begun = System.nanoTime();
    node.stop(STOP_SECONDS);

    assertThat(System.nanoTime() - begun).isLessThan(STOP_SECONDS * 1_000_000_000L);
    assertThat(node.awaitExit()).isZero();
    assertThat(node.printed()).contains("listening on").doesNotContainIgnoringCase("warning");
  }
}
