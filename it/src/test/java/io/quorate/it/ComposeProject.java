package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The compose file that is handed out, in a copy of the sources as they are after cloning: run by
 * the commands that a user types, under ports, a project name and an image tag of its own.
 */
final class ComposeProject implements AutoCloseable {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_CLONED = Set.of(".git", "target");
  private static final String ENVIRONMENT_FILE = ".env";
  private static final String SERVICE_LABEL = "com.docker.compose.service";

  /** What the Dockerfile marks each of its stages with. */
  private static final String STAGE_LABEL = "io.quorate.stage";

  /** A build that fetches everything takes a good part of it. */
  private static final long LIMIT_SECONDS = 1_400;

  /** What a shell may say of a cluster of its own. */
  private static final List<String> NOT_PASSED_ON =
      List.of("WRITE_QUORUM", "MIN_DELAY_MS", "MAX_DELAY_MS", "QUORATE_PORTS", "REVISION");

  private final Path directory;
  private final List<String> compose;
  private final Map<String, String> variables = new HashMap<>();
  private final String ports = FreePorts.decade();
  private final Instant begun = Instant.now();

  /**
   * Copies the sources.
   *
   * @param compose as found by {@link #command}
   */
  ComposeProject(Path directory, List<String> compose) {
    this.directory = directory;
    this.compose = compose;
    copySources();
  }

  /** How Compose is called here: the plugin of docker, or the older program; else nothing. */
  static Optional<List<String>> command() {
    return Stream.of(List.of("docker", "compose"), List.of("docker-compose"))
        .filter(ComposeProject::isThere)
        .findFirst();
  }

  private static boolean isThere(List<String> command) {
    List<String> version = new ArrayList<>(command);
    version.add("version");
    try {
      Process child =
          new ProcessBuilder(version)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return child.waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + version, interrupted);
    }
  }

  /** What the environment says from now on. */
  void tell(String variable, String value) {
    variables.put(variable, value);
  }

  /** What a command printed, both streams. */
  record Ended(int status, String printed) {}

  private void copySources() {
    try {
      Files.walkFileTree(ROOT, new CopyOfAClone(directory));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static final class CopyOfAClone extends SimpleFileVisitor<Path> {

    private final Path into;

    CopyOfAClone(Path into) {
      this.into = into;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
        throws IOException {
      boolean report = ROOT.resolve("out").equals(from.getParent());
      if (report || NOT_CLONED.contains(from.getFileName().toString())) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Files.createDirectories(into.resolve(ROOT.relativize(from)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
      if (!from.getFileName().toString().equals(ENVIRONMENT_FILE)) {
        Files.copy(from, into.resolve(ROOT.relativize(from)));
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** {@code docker compose ARGUMENTS}, which has to end with status 0. Returns what it printed. */
  String compose(String... arguments) {
    Ended ended = run(arguments);
    assertThat(ended.status())
        .as("%s %s%n%s", String.join(" ", compose), List.of(arguments), ended.printed())
        .isZero();
    return ended.printed();
  }

  private Ended run(String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(List.of("--project-name", Engine.COMPOSE_PROJECT));
    command.addAll(List.of(arguments));
    Path printed = directory.resolveSibling("compose.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("COMPOSE_"));
    NOT_PASSED_ON.forEach(environment::remove);
    environment.put("DOCKER_HOST", Engine.host());
    environment.put("QUORATE_TAG", Engine.COMPOSE_TAG);
    environment.put("QUORATE_PORTS", ports);
    environment.putAll(variables);
    Process child = null;
    try {
      child = builder.start();
      LeftOver.killIfWeEnd(child);
      if (!child.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " has not ended:\n" + Files.readString(printed));
      }
      return new Ended(child.exitValue(), Files.readString(printed));
    } catch (IOException cannotRun) {
      throw new UncheckedIOException(cannotRun);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted in " + command, interrupted);
    } finally {
      if (child != null) {
        LeftOver.kill(child);
      }
    }
  }

  Path directory() {
    return directory;
  }

  /** The image that both roles run from. */
  String nodeImage() {
    return "quorate:" + Engine.COMPOSE_TAG;
  }

  /** Where a node is reached from this machine: 0 for the leader, 1 to 5 for the followers. */
  String url(int lastDigit) {
    return "http://127.0.0.1:" + ports + lastDigit;
  }

  /** What the engine says of each container, by the name of its service. */
  Map<String, InspectContainerResponse> containers() {
    Map<String, InspectContainerResponse> containers = new HashMap<>();
    Engine.client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(Engine.COMPOSE_LABEL, Engine.COMPOSE_PROJECT))
        .exec()
        .forEach(
            container ->
                containers.put(
                    container.getLabels().get(SERVICE_LABEL),
                    Engine.client().inspectContainerCmd(container.getId()).exec()));
    return containers;
  }

  /** Removes containers, network and images, those too that the older builder leaves of a stage. */
  @Override
  public void close() {
    Engine.removeAll(Engine.COMPOSE_LABEL, Engine.COMPOSE_PROJECT);
    Engine.removeComposeImages();
    Engine.client()
        .listImagesCmd()
        .withDanglingFilter(true)
        .withLabelFilter(STAGE_LABEL)
        .exec()
        .stream()
        .filter(image -> !image.getLabels().containsKey(Engine.LABEL))
        .filter(image -> Instant.ofEpochSecond(image.getCreated() + 1).isAfter(begun))
        .map(Image::getId)
        .forEach(Engine::removeImage);
  }
}
