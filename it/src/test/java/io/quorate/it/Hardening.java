package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Volume;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a container may not do, as docker-compose.yml has it; and its port, on 127.0.0.1 alone. */
final class Hardening {

  private static final long PROCESSES = 200;

  private Hardening() {}

  static void apply(CreateContainerCmd create, int port, int hostPort, long memoryBytes) {
    HostConfig host = Objects.requireNonNull(create.getHostConfig());
    create.withExposedPorts(ExposedPort.tcp(port));
    host.withPortBindings(
            new PortBinding(
                Ports.Binding.bindIpAndPort("127.0.0.1", hostPort), ExposedPort.tcp(port)))
        .withReadonlyRootfs(true)
        .withTmpFs(Map.of("/tmp", "rw,noexec,nosuid,nodev,size=16m"))
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges:true"))
        .withPidsLimit(PROCESSES)
        .withMemory(memoryBytes)
        .withMemorySwap(memoryBytes);
  }

  /** With a volume at the one place of the image where a node may write. */
  static void mount(CreateContainerCmd create, String volume) {
    Objects.requireNonNull(create.getHostConfig())
        .withBinds(new Bind(volume, new Volume(EngineVolume.PLACE)));
  }

  /** What Compose has made of a service may do no more than that. */
  static void assertApplied(String service, InspectContainerResponse container) {
    HostConfig host = container.getHostConfig();
    assertThat(host.getReadonlyRootfs()).as(service).isTrue();
    assertThat(host.getPrivileged()).as(service).isFalse();
    assertThat(host.getCapDrop()).as(service).contains(Capability.ALL);
    assertThat(host.getCapAdd()).as(service).isNullOrEmpty();
    assertThat(host.getSecurityOpts()).as(service).anyMatch(o -> o.startsWith("no-new-privileges"));
    assertThat(host.getMemory()).as(service).isPositive();
    assertThat(host.getPidsLimit()).as(service).isPositive();
    assertThat(host.getCpuQuota()).as(service).isIn(null, 0L);
    assertThat(host.getNanoCPUs()).as(service).isIn(null, 0L);
    assertThat(host.getRestartPolicy().getName()).as(service).isEqualTo("unless-stopped");
    List<Ports.Binding> published =
        container.getNetworkSettings().getPorts().getBindings().values().stream()
            .filter(Objects::nonNull)
            .flatMap(Stream::of)
            .toList();
    assertThat(published).as(service).hasSize(1);
    assertThat(published.get(0).getHostIp()).as(service).isEqualTo("127.0.0.1");
  }
}
