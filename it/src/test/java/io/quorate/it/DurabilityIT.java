package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node says that it may lose, when it starts and when it is asked. */
final class DurabilityIT {

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void nodeWithoutADiskSaysThatItKeepsNothing() {
    ProcessNode node = nodes.process("follower", Map.of("ROLE", "follower"));
    JsonNode durability = node.client().status().path("durability");
    assertThat(durability.path("data_dir").asBoolean(true)).as("%s", durability).isFalse();
    assertThat(durability.path("fsync").asText()).isEqualTo("none");
    assertThat(durability.path("may_lose").asText()).isNotBlank();
    assertThat(node.printed().lines().filter(line -> line.contains("in memory"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "interval:50ms", "never"})
  void nodeWithADiskSaysWhatAPowerFailureMayTake(String fsync) {
    Map<String, String> variables = new HashMap<>(Map.of("ROLE", "follower"));
    variables.put("FSYNC", fsync);
    DiskDirectory disk = new DiskDirectory(nodes.directory().resolve("follower.disk"));
    ProcessNode node = nodes.unstarted("follower", variables, disk);
    node.start();
    JsonNode durability = node.client().status().path("durability");
    assertThat(durability.path("data_dir").asBoolean()).as("%s", durability).isTrue();
    assertThat(durability.path("fsync").asText()).isEqualTo(fsync);
    String mayLose = durability.path("may_lose").asText();
    assertThat(mayLose).isNotBlank();
    assertThat(node.printed()).contains("FSYNC=" + fsync, mayLose);
    node.askToStop();
    assertThat(node.awaitExit()).isZero();
  }
}
