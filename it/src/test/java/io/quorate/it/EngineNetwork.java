package io.quorate.it;

import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Network;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A network of the engine, made for one cluster. */
final class EngineNetwork {

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int ATTEMPTS = 5;

  private final String id;
  private final String subnet;

  private EngineNetwork(String id) {
    this.id = id;
    this.subnet = subnetOf(id);
  }

  /** Carries the published ports. No node has a name on it. */
  static EngineNetwork outside() {
    return new EngineNetwork(create(false, null));
  }

  /**
   * Carries what nodes tell each other, and reaches nothing else. Its addresses are configured, so
   * that a node may be given one of them: those that the engine picked for a network of its own.
   */
  static EngineNetwork inside() {
    for (int attempt = 1; ; attempt++) {
      String drawn = create(true, null);
      String subnet = subnetOf(drawn);
      Engine.removeNetwork(drawn);
      try {
        return new EngineNetwork(create(true, subnet));
      } catch (DockerException takenMeanwhile) {
        if (attempt == ATTEMPTS) {
          throw takenMeanwhile;
        }
      }
    }
  }

  private static String create(boolean internal, @Nullable String subnet) {
    CreateNetworkCmd create =
        Engine.client()
            .createNetworkCmd()
            .withName("quorate-it-" + Engine.RUN + "-" + NUMBER.incrementAndGet())
            .withDriver("bridge")
            .withInternal(internal)
            .withLabels(Engine.LABELS);
    if (subnet != null) {
      create.withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet(subnet)));
    }
    return Engine.make(() -> create.exec().getId());
  }

  private static String subnetOf(String network) {
    return Engine.client()
        .inspectNetworkCmd()
        .withNetworkId(network)
        .exec()
        .getIpam()
        .getConfig()
        .stream()
        .map(Network.Ipam.Config::getSubnet)
        .filter(drawn -> drawn.indexOf('.') > 0)
        .findFirst()
        .orElseThrow();
  }

  String id() {
    return id;
  }

  /** Connects a container under a name, at an address that the engine picks. */
  void connect(String container, String name) {
    connect(container, new ContainerNetwork().withAliases(name));
  }

  /** Connects a container under a name, at this address. */
  void connectAt(String address, String container, String name) {
    connect(
        container,
        new ContainerNetwork()
            .withAliases(name)
            .withIpamConfig(new ContainerNetwork.Ipam().withIpv4Address(address)));
  }

  private void connect(String container, ContainerNetwork endpoint) {
    Engine.client()
        .connectToNetworkCmd()
        .withNetworkId(id)
        .withContainerId(container)
        .withContainerNetwork(endpoint)
        .exec();
  }

  void disconnect(String container) {
    Engine.client().disconnectFromNetworkCmd().withNetworkId(id).withContainerId(container).exec();
  }

  boolean isConnected(String container) {
    return endpoint(container) != null;
  }

  /** What the engine says that the container's address is here. */
  String addressOf(String container) {
    return Objects.requireNonNull(endpoint(container), "it is not connected").getIpAddress();
  }

  private @Nullable ContainerNetwork endpoint(String container) {
    return Engine.client()
        .inspectContainerCmd(container)
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .filter(network -> id.equals(network.getNetworkID()))
        .findFirst()
        .orElse(null);
  }

  /** An address far above those that the engine picks, which it hands out from the lowest up. */
  String addressFromTheEnd(int number) {
    int slash = subnet.indexOf('/');
    long first = 0;
    for (String part : subnet.substring(0, slash).split("\\.", -1)) {
      first = (first << 8) | Integer.parseInt(part);
    }
    long last = first + (1L << (32 - Integer.parseInt(subnet.substring(slash + 1)))) - 1;
    long address = last - 1 - number;
    return ((address >> 24) & 0xff)
        + "."
        + ((address >> 16) & 0xff)
        + "."
        + ((address >> 8) & 0xff)
        + "."
        + (address & 0xff);
  }

  /** After the last container has left it. */
  void remove() {
    Engine.removeNetwork(id);
  }
}
