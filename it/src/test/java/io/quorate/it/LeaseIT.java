package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** LEASE_MS: the same on all nodes, and not lowered before what was given by it is over. */
final class LeaseIT {

  private static final String LEASE = "LEASE_MS";

  /** Long enough for a process to start and be asked before twice of it are over. */
  private static final int LONGER_MILLIS = 2_000;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void followerThatComesBackWithAShorterLeaseIsNotCountedAndOwesTheLongerOne() {
    ClusterPlan plan = ClusterPlan.withDisks(2).everywhere(LEASE, "" + LONGER_MILLIS);
    ProcessCluster cluster = nodes.processes(plan);
    NodeClient leader = cluster.leader().client();
    assertThat(leader.put("key", "by both", "w=2").status()).isEqualTo(200);
    ProcessNode follower = cluster.follower(1);
    follower.kill();
    Map<String, String> variables =
        new LinkedHashMap<>(plan.everywhere(LEASE, "100").variablesOfFollower());
    variables.put("PORT", "" + URI.create(follower.url()).getPort());
    ProcessNode shorter = nodes.unstarted("shorter-lease", variables, follower.disk());

    shorter.start();

    assertThat(shorter.printed().lines().filter(line -> line.contains(LEASE)))
        .as(shorter.printed())
        .singleElement()
        .asString()
        .contains("LEASE_MS was " + LONGER_MILLIS + " until now");
    Eventually.asserted(
        () -> assertThat(cluster.seenByLeader(follower).path("problem").asText()).contains(LEASE));
    assertThat(leader.put("key", "by one", "w=1").status()).isEqualTo(200);
    assertThat(leader.put("key", "by none more", "w=2&timeout=300ms").status()).isIn(503, 504);

    // Killed before the longer one is over, it still owes that; later, it does not.
    shorter.kill();
    byte[] longer = identity(follower);
    shorter.start();
    assertThat(shorter.printedInThisLife())
        .contains("LEASE_MS was " + LONGER_MILLIS + " until now");
    Eventually.asserted(() -> assertThat(identity(follower)).isNotEqualTo(longer));
    shorter.kill();
    shorter.start();
    assertThat(shorter.printedInThisLife()).doesNotContain("LEASE_MS was");

    shorter.kill();
    follower.start();
    cluster.awaitStreaming();
    Replicas.assertConverged(cluster);
  }

  private static byte[] identity(ProcessNode node) {
    try {
      return Files.readAllBytes(node.disk().path().resolve("identity"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
