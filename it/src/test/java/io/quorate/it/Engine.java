package io.quorate.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListVolumesResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;

/**
 * The container engine of this machine, as Testcontainers finds it, and what this run made there.
 */
final class Engine {

  static final String LABEL = "io.quorate.it";

  /** Names this run: two that share an engine do not clear away what is the other's. */
  static final String RUN =
      System.getProperty(
          "it.run", HexFormat.of().toHexDigits(new SplittableRandom().nextLong(), 12));

  /** What Compose marks with the name of its project. */
  static final String COMPOSE_LABEL = "com.docker.compose.project";

  /** The project of this run. */
  static final String COMPOSE_PROJECT = "quorate-it-" + RUN;

  /** The tag of the images that this run has built through Compose. */
  static final String COMPOSE_TAG = "it-" + RUN;

  /** What all that this run makes is marked with. */
  static final Map<String, String> LABELS = Map.of(LABEL, RUN);

  private static final ReentrantReadWriteLock ENDING = new ReentrantReadWriteLock();
  private static final long END_SECONDS = 10;
  private static final int CONNECT_MILLIS = 5_000;
  private static volatile boolean ended;

  /** Looked for once, when first asked for. */
  private static final class Found {
    static final Optional<String> ABSENCE = look();
  }

  private Engine() {}

  /** Why there is none to be had, in one line; empty where there is one. */
  static Optional<String> absence() {
    return Found.ABSENCE;
  }

  private static Optional<String> look() {
    String wanted = System.getenv("DOCKER_HOST");
    DockerClientFactory factory = DockerClientFactory.instance();
    Optional<String> answering = Optional.empty();
    try {
      if (isListening(wanted) && factory.isDockerAvailable()) {
        answering = Optional.of(host());
      }
    } catch (RuntimeException unusable) {
      return Optional.of("Testcontainers cannot use the engine: " + unusable.getMessage());
    }
    Optional<String> absence = absence(wanted, answering);
    if (absence.isEmpty()) {
      Runtime.getRuntime().addShutdownHook(new Thread(Engine::end, "left-over-containers"));
    }
    return absence;
  }

  /**
   * Whether somebody listens at a TCP address. Where nobody does Testcontainers would go on to
   * another engine, and may take minutes to begin with that.
   */
  private static boolean isListening(@Nullable String wanted) {
    if (wanted == null || !wanted.startsWith("tcp://")) {
      return true;
    }
    URI address = URI.create(wanted);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException | IllegalArgumentException unreachable) {
      return false;
    }
  }

  /**
   * An engine that answers elsewhere than where the environment says is not the one that was meant.
   *
   * @param wanted DOCKER_HOST
   * @param answering where an engine does answer
   */
  static Optional<String> absence(@Nullable String wanted, Optional<String> answering) {
    boolean named = wanted != null && !wanted.isBlank();
    if (answering.isPresent() && (!named || answering.get().equals(wanted))) {
      return Optional.empty();
    }
    return Optional.of(
        "no container engine answers"
            + (named ? " at DOCKER_HOST=" + wanted : " and DOCKER_HOST names none"));
  }

  static DockerClient client() {
    return DockerClientFactory.instance().client();
  }

  /**
   * Makes something that carries {@link #LABELS}.
   *
   * @throws IllegalStateException once this virtual machine ends, though a test may still run
   */
  static <T> T make(Supplier<T> making) {
    ENDING.readLock().lock();
    try {
      if (ended) {
        throw new IllegalStateException("the run was interrupted");
      }
      return making.get();
    } finally {
      ENDING.readLock().unlock();
    }
  }

  /** Lets nothing more be made, and removes what was. */
  private static void end() {
    boolean idle = false;
    try {
      idle = ENDING.writeLock().tryLock(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    ended = true;
    if (idle) {
      ENDING.writeLock().unlock();
    }
    removeAllOfThisRun();
  }

  /** Removes every container, network, volume and image of this run that is still there. */
  private static void removeAllOfThisRun() {
    removeAll(LABEL, RUN);
    removeAll(COMPOSE_LABEL, COMPOSE_PROJECT);
    client().listImagesCmd().withLabelFilter(LABELS).exec().stream()
        .map(Image::getId)
        .forEach(Engine::removeImage);
    removeComposeImages();
  }

  /** Removes every container, network and volume with this label. */
  static void removeAll(String label, String value) {
    DockerClient client = client();
    client
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(label, value))
        .exec()
        .stream()
        .map(Container::getId)
        .forEach(Engine::removeContainer);
    client.listNetworksCmd().withFilter("label", List.of(label + "=" + value)).exec().stream()
        .map(Network::getId)
        .forEach(Engine::removeNetwork);
    ListVolumesResponse volumes =
        client.listVolumesCmd().withFilter("label", List.of(label + "=" + value)).exec();
    if (volumes.getVolumes() != null) {
      volumes.getVolumes().forEach(volume -> EngineVolume.remove(volume.getName()));
    }
  }

  static void removeComposeImages() {
    client().listImagesCmd().withReferenceFilter("quorate*:" + COMPOSE_TAG).exec().stream()
        .map(Image::getId)
        .forEach(Engine::removeImage);
  }

  /** Where it answers, as DOCKER_HOST has it. */
  static String host() {
    return DockerClientFactory.instance().getTransportConfig().getDockerHost().toString();
  }

  static void removeContainer(String id) {
    try {
      client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException | ConflictException goneOrGoing) {
      // which is what was wanted
    }
  }

  static void removeNetwork(String id) {
    try {
      client().removeNetworkCmd(id).exec();
    } catch (NotFoundException gone) {
      // which is what was wanted
    }
  }

  static void removeImage(String id) {
    try {
      client().removeImageCmd(id).withForce(true).exec();
    } catch (NotFoundException goneWithAnother) {
      // which is what was wanted
    }
  }
}
