package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.opentest4j.TestAbortedException;

/** The shipped docker-compose.yml, brought up once, from the whole Dockerfile. */
@Tag("containers")
@ExtendWith(EngineNeeded.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 25, unit = TimeUnit.MINUTES)
@Order(1) // the longest begins first
final class ComposeIT {

  private static final int FOLLOWERS = 5;
  private static final int WRITES = 200;

  /** Some user who is not the one that the engine runs as, where this test may give files away. */
  private static final int OTHER_USER = 12345;

  private @Nullable ComposeProject project;

  @BeforeAll
  @Timeout(value = 25, unit = TimeUnit.MINUTES)
  void up(@TempDir(factory = InTarget.class) Path scratch) throws IOException {
    Optional<List<String>> compose = ComposeProject.command();
    if (compose.isEmpty() && !EngineNeeded.isRequired()) {
      throw new TestAbortedException("neither docker compose nor docker-compose is there");
    }
    Path clone = Files.createDirectory(scratch.resolve("clone"));
    project = new ComposeProject(clone, compose.orElseThrow());
    giveAway(clone);
    project().tell("WRITE_QUORUM", "4");
    project().tell("REVISION", "of-this-test");
    project().compose("up", "--build", "--detach");
    awaitSixHealthyNodes();
  }

  /** Where every engine can mount it from. */
  static final class InTarget implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "compose-");
    }
  }

  private void awaitSixHealthyNodes() {
    Eventually.asserted(
        () -> {
          assertThat(project().containers()).hasSize(1 + FOLLOWERS);
          project()
              .containers()
              .forEach(
                  (service, container) ->
                      assertThat(container.getState().getHealth().getStatus())
                          .as(service)
                          .isEqualTo("healthy"));
        });
    Eventually.asserted(() -> assertThat(leader().readiness().status()).isEqualTo(200));
  }

  private static void giveAway(Path clone) throws IOException {
    if (!Integer.valueOf(0).equals(Files.getAttribute(clone, "unix:uid"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(clone)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", OTHER_USER);
        Files.setAttribute(file, "unix:gid", OTHER_USER);
      }
    }
  }

  @AfterAll
  void down() {
    if (project != null) {
      project.close();
    }
  }

  private ComposeProject project() {
    return Objects.requireNonNull(project);
  }

  private NodeClient leader() {
    return new NodeClient(project().url(0));
  }

  @Test
  @Order(1)
  void nodesTakeWhatTheLabSaysAndWhatTheEnvironmentSays() {
    JsonNode status = leader().status();

    assertThat(status.path("write_quorum").asInt()).isEqualTo(4);
    assertThat(status.path("min_delay_ms").asDouble()).isEqualTo(0.1);
    assertThat(status.path("max_delay_ms").asDouble()).isEqualTo(1.0);
    assertThat(status.path("followers")).hasSize(FOLLOWERS);
    for (int number = 0; number <= FOLLOWERS; number++) {
      NodeClient node = new NodeClient(project().url(number));
      assertThat(node.status().path("transport").asText()).isEqualTo("epoll");
    }
    assertThat(leader().put("key", "value", "").acknowledged()).isGreaterThanOrEqualTo(4);
  }

  @Test
  @Order(2)
  void followersSendWritersToWhereThisMachineReachesTheLeader() {
    Answer redirect =
        new NodeClient(project().url(FOLLOWERS)).ask("/v1/kv/key?consistency=confirmed");

    assertThat(redirect.status()).isEqualTo(307);
    assertThat(redirect.header("Location")).startsWith(project().url(0) + "/v1/kv/key");
  }

  @Test
  @Order(3)
  void nodesAreOneImageAndMayDoNothingThatTheyNeedNot() {
    project()
        .containers()
        .forEach(
            (service, container) -> {
              assertThat(container.getConfig().getImage()).isEqualTo(project().nodeImage());
              assertThat(container.getConfig().getUser()).isNotIn("", "root", "0");
              Hardening.assertApplied(service, container);
            });
  }

  @Test
  @Order(4)
  void sweepFromInsideLeavesAReportThatBelongsToWhoeverClonedTheSources() throws IOException {
    project().compose("build", "loadgen");
    String printed =
        project()
            .compose(
                "run", "--rm", "loadgen", "--writes=" + WRITES, "--warmup-limit=1s", "--baseline");

    assertThat(printed).contains("proof: converged");
    assertThat(printed).doesNotContain("WARNING", "INFO");
    Path out = project().directory().resolve("out");
    List<Path> reports;
    try (Stream<Path> files = Files.list(out)) {
      reports = files.filter(Files::isDirectory).toList();
    }
    assertThat(reports).hasSize(1);
    JsonNode sweep = new ObjectMapper().readTree(reports.get(0).resolve("sweep.json").toFile());
    assertThat(sweep.path("proof").path("converged").toString()).isEqualTo("true");
    assertThat(sweep.path("results")).as("light, loaded, baseline").hasSize(3 * FOLLOWERS);
    for (JsonNode result : sweep.path("results")) {
      assertThat(result.path("count").asInt()).as("%s", result).isEqualTo(WRITES);
      assertThat(result.path("errors").asInt()).as("%s", result).isZero();
    }
    assertThat(Files.readString(reports.get(0).resolve("report.html"))).contains("</html>");
    assertThat(leader().status().path("max_delay_ms").asDouble()).isEqualTo(1.0);
    Object owner = Files.getAttribute(project().directory(), "unix:uid");
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.toList()) {
        assertThat(Files.getAttribute(file, "unix:uid")).as("owner of %s", file).isEqualTo(owner);
        assertThat(Files.getPosixFilePermissions(file)).contains(PosixFilePermission.OWNER_WRITE);
      }
    }
  }

  @Test
  @Order(5)
  void imageTellsWhatItIs() throws IOException {
    Map<String, String> labels =
        Engine.client().inspectImageCmd(project().nodeImage()).exec().getConfig().getLabels();

    assertThat(labels)
        .containsEntry("org.opencontainers.image.title", "Quorate")
        .containsEntry("org.opencontainers.image.revision", "of-this-test")
        .containsEntry("org.opencontainers.image.version", versionInPom())
        .containsKey("org.opencontainers.image.description");
  }

  private String versionInPom() throws IOException {
    String pom = Files.readString(project().directory().resolve("pom.xml"));
    Matcher version =
        Pattern.compile("<artifactId>quorate</artifactId>\\s*<version>(.+)</version>").matcher(pom);
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  @Order(6)
  void everyNodeStopsWithStatusZero() {
    project().compose("stop");

    project()
        .containers()
        .forEach(
            (service, container) ->
                assertThat(container.getState().getExitCodeLong()).as(service).isZero());
  }

  @Test
  @Order(7)
  void everythingIsThereWhenAllNodesWereStoppedAndWhenAllWereKilled() {
    project().compose("up", "--detach");
    awaitSixHealthyNodes();
    assertThat(value("key")).contains("value");
    assertThat(leader().put("kept", "kept", "w=3").status()).isEqualTo(200);
    project().compose("kill");
    project().compose("up", "--detach");
    awaitSixHealthyNodes();

    assertThat(value("key")).contains("value");
    assertThat(value("kept")).contains("kept");
    assertThat(leader().convergence("20s").path("converged").toString()).isEqualTo("true");
  }

  private Optional<String> value(String key) {
    return leader().get(key, "consistency=confirmed").map(Held::value);
  }

  @Test
  @Order(8)
  void clusterThatWasTakenDownComesUpWithAnotherQuorumAndWhatItHeld() {
    project().compose("down");
    project().tell("WRITE_QUORUM", "2");
    project().compose("up", "--detach");
    awaitSixHealthyNodes();

    assertThat(leader().status().path("write_quorum").asInt()).isEqualTo(2);
    assertThat(value("kept")).contains("kept");
    assertThat(leader().put("key", "goes on", "").status()).isEqualTo(200);
  }

  @Test
  @Order(9)
  void emptiedVolumesAreMadeAgainOfABackup() {
    Path backup = project().directory().resolve("backup");
    new NodeClient(project().url(2)).snapshot(backup);
    assertThat(leader().put("key", "after the backup", "").status()).isEqualTo(200);
    project().compose("down", "--volumes");
    for (int number = 0; number <= FOLLOWERS; number++) {
      String node = number == 0 ? "leader" : "follower-" + number;
      String volume = backup + ":/backup:ro";
      String printed =
          project()
              .compose("run", "--rm", "--no-deps", "--volume", volume, node, "restore", "/backup");
      assertThat(printed).contains("restored", " to /var/lib/quorate");
    }
    project().compose("up", "--detach");
    awaitSixHealthyNodes();

    assertThat(value("kept")).contains("kept");
    assertThat(value("key")).contains("goes on");
    assertThat(leader().convergence("20s").path("converged").toString()).isEqualTo("true");
  }

  @Test
  @Order(10)
  void followerWhoseVolumeIsEmptiedIsFilledFromTheOthers() {
    String incarnation = incarnation(3);
    project().compose("stop", "follower-3");
    String empty =
        "run --rm --no-deps --entrypoint find follower-3 /var/lib/quorate -mindepth 1 -delete";
    project().compose(empty.split(" "));
    project().compose("up", "--detach");
    awaitSixHealthyNodes();

    Eventually.asserted(
        () ->
            assertThat(new NodeClient(project().url(3)).get("key", "").map(Held::value))
                .contains("goes on"));
    assertThat(incarnation(3)).isNotEqualTo(incarnation);
    assertThat(leader().convergence("20s").path("converged").toString()).isEqualTo("true");
  }

  private String incarnation(int number) {
    return new NodeClient(project().url(number)).status().path("incarnation").asText();
  }
}
