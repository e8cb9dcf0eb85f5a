package io.quorate.node;

import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Node;
import io.quorate.replication.Role;
import io.quorate.replication.Settings;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** What the core of a node is told, of what the node was told. */
final class CoreTerms {

  private CoreTerms() {}

  /**
   * @param earlierLeaseNanos for how long an earlier process of this node gave its word; 0 for none
   * @param nodeUrl where other nodes reach this one
   */
  static Node.Terms of(
      NodeConfig config,
      long incarnation,
      long earlierLeaseNanos,
      String nodeUrl,
      SecureRandom random) {
    boolean durable = config.dataDirectory().isPresent();
    long leaseNanos = durable ? config.leaseNanos() : 0;
    return new Node.Terms(
        new Life(incarnation, random.nextLong()),
        config.role() == Role.LEADER ? cluster(config, nodeUrl) : null,
        config.settings().writeQuorum(),
        durable,
        config.minWriteQuorum(),
        leaseNanos,
        Math.max(leaseNanos, earlierLeaseNanos),
        config.limits(),
        System::currentTimeMillis,
        random::nextLong);
  }

  /** The nodes, the leader first. */
  private static Membership cluster(NodeConfig config, String nodeUrl) {
    List<String> urls = new ArrayList<>();
    urls.add(nodeUrl);
    config.followerUrls().forEach(url -> urls.add(url.toString()));
    Settings settings = config.settings();
    return new Membership(
        urls, 0, settings.writeQuorum(), settings.minDelayNanos(), settings.maxDelayNanos());
  }
}
