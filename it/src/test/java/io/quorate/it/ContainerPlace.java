package io.quorate.it;

import java.util.List;
import org.testcontainers.containers.GenericContainer;

/**
 * Where a node lives that is a container.
 *
 * @param port that it listens on
 * @param hostPort where that is published
 * @param outside carries the published port
 * @param insides where other nodes reach it, by its name
 */
record ContainerPlace(
    String name, int port, int hostPort, EngineNetwork outside, List<EngineNetwork> insides) {

  /** A container of the node's image, in this place once it is started. */
  GenericContainer<?> container() {
    return new Placed(this)
        .withEnv("PORT", Integer.toString(port))
        .withEnv("NODE_ID", name + ":" + port)
        .withEnv("ADVERTISE_URL", clientUrl())
        .withNetworkMode(outside.id());
  }

  /** Where other nodes reach it. */
  String url() {
    return "http://" + name + ":" + port;
  }

  /** Where it is reached from this machine. */
  String clientUrl() {
    return "http://127.0.0.1:" + hostPort;
  }

  /** Is on its inside networks before it starts; the engine takes only one when it is made. */
  private static final class Placed extends GenericContainer<Placed> {

    private final ContainerPlace place;

    Placed(ContainerPlace place) {
      super(NodeImage.name());
      this.place = place;
    }

    @Override
    protected void containerIsCreated(String id) {
      place.insides().forEach(network -> network.connect(id, place.name()));
    }
  }
}
