package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;

/**
 * A node that is a container, with an address of its own on one or more networks. Each life is a
 * new container, under the same name and published at the same port; with the volume of the one
 * before where it has one, and else with an empty disk.
 */
final class ContainerNode implements NodeHandle {

  private static final int EXIT_LIMIT_SECONDS = 20;

  private final ContainerPlace place;
  private final Map<String, String> variables;
  private final long memoryBytes;
  private final Path log;

  /** Null when it keeps nothing. */
  private final @Nullable EngineVolume volume;

  /** Its present or latest life. */
  private @Nullable GenericContainer<?> container;

  /** Whether the log holds lives of this node, and not of an earlier run. */
  private boolean logBegun;

  /**
   * @param variables what it is told beside its address
   * @param log what all its lives printed, once each has ended
   * @param volume what all its lives keep
   */
  ContainerNode(
      ContainerPlace place,
      Map<String, String> variables,
      long memoryBytes,
      Path log,
      @Nullable EngineVolume volume) {
    this.place = place;
    this.variables = Map.copyOf(variables);
    this.memoryBytes = memoryBytes;
    this.log = log;
    this.volume = volume;
  }

  @Override
  public void start() {
    discard();
    GenericContainer<?> next = place.container();
    next.withEnv("TEST_DOOR", "true")
        .withEnv(variables)
        .withLabels(Engine.LABELS)
        .withCreateContainerCmdModifier(
            create -> {
              Hardening.apply(create, place.port(), place.hostPort(), memoryBytes);
              if (volume != null) {
                Hardening.mount(create, volume.name());
              }
            });
    if (volume != null) {
      next.withEnv("DATA_DIR", EngineVolume.PLACE);
    }
    container = next;
    Engine.make(
        () -> {
          next.start();
          return next;
        });
    awaitListening();
  }

  private void awaitListening() {
    Eventually.asserted(
        () -> {
          ContainerState state = inspect().getState();
          if (!Boolean.TRUE.equals(state.getRunning())) {
            throw new IllegalStateException(name() + " ended at its start:\n" + printed());
          }
          assertThat(client().ask("/livez").status()).isEqualTo(200);
        });
  }

  @Override
  public String name() {
    return place.name();
  }

  @Override
  public String url() {
    return place.url();
  }

  @Override
  public NodeClient client() {
    return new NodeClient(place.clientUrl());
  }

  @Override
  public void kill() {
    Engine.client().killContainerCmd(containerId()).exec();
    awaitExit();
  }

  @Override
  public void askToStop() {
    Engine.client().killContainerCmd(containerId()).withSignal("TERM").exec();
  }

  /** As {@code docker stop} does: asks, and kills it when that took too long. */
  void stop(int seconds) {
    Engine.client().stopContainerCmd(containerId()).withTimeout(seconds).exec();
  }

  @Override
  public int awaitExit() {
    return Engine.client()
        .waitContainerCmd(containerId())
        .exec(new WaitContainerResultCallback())
        .awaitStatusCode(EXIT_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void pause() {
    Engine.client().pauseContainerCmd(containerId()).exec();
  }

  @Override
  public void resume() {
    Engine.client().unpauseContainerCmd(containerId()).exec();
  }

  @Override
  public void wipe() {
    discard();
    Objects.requireNonNull(volume, "it has no volume").wipe();
  }

  @Override
  public boolean isRunning() {
    return container != null && Boolean.TRUE.equals(inspect().getState().getRunning());
  }

  /** What the engine says of its present life. */
  InspectContainerResponse inspect() {
    return Engine.client().inspectContainerCmd(containerId()).exec();
  }

  /** Runs a command inside it. */
  ExecResult run(String... command) {
    try {
      return life().execInContainer(command);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while a command ran in " + name(), interrupted);
    }
  }

  /** Of its present life. */
  String containerId() {
    return life().getContainerId();
  }

  /** Cuts it off this network; it stays on the others, and at its published port. */
  void leave(EngineNetwork inside) {
    inside.disconnect(containerId());
  }

  /** Ends {@link #leave}, at an address that the engine picks. */
  void join(EngineNetwork inside) {
    inside.connect(containerId(), name());
  }

  /** Ends {@link #leave}, at this address. */
  void joinAt(String address, EngineNetwork inside) {
    inside.connectAt(address, containerId(), name());
  }

  private GenericContainer<?> life() {
    if (container == null) {
      throw new IllegalStateException(name() + " was never started");
    }
    return container;
  }

  @Override
  public String printed() {
    try {
      String earlier = logBegun ? Files.readString(log, StandardCharsets.UTF_8) : "";
      return container == null ? earlier : earlier + container.getLogs();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void discard() {
    GenericContainer<?> last = container;
    if (last == null) {
      return;
    }
    container = null;
    if (last.getContainerId() == null) {
      return;
    }
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(
          log,
          last.getLogs(),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          logBegun ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
      logBegun = true;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      Engine.removeContainer(last.getContainerId());
    }
  }
}
