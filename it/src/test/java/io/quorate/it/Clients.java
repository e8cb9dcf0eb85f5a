package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.History;
import java.util.List;

/**
 * What clients do to a cluster of three followers or more all along a fault: some write with
 * quorums that it leaves within reach, one with the quorum of all, and each node is read from
 * beginning to end.
 */
final class Clients implements AutoCloseable {

  private static final int KEYS = 40;
  private static final int DELETE_PERCENT = 20;

  private final Cluster cluster;
  private final History history = new History();
  private final WriteLoad within;
  private final WriteLoad byAll;
  private final Readers readers;

  private Clients(Cluster cluster, List<Integer> quorums) {
    this.cluster = cluster;
    NodeClient leader = cluster.leader().client();
    WriteLoad.Shape some =
        WriteLoad.Shape.of("key-", KEYS, 2, quorums.toArray(Integer[]::new))
            .withDeletes(DELETE_PERCENT);
    WriteLoad.Shape all =
        WriteLoad.Shape.of("key-", KEYS, 1, cluster.followers().size()).withDeletes(DELETE_PERCENT);
    readers = Readers.start(cluster, some, history);
    within = WriteLoad.start(leader, some, history);
    byAll = WriteLoad.start(leader, all, history);
  }

  /**
   * A write by all waits for less than it takes the leader to notice that a follower is away, so
   * that it fails in both ways; one within reach waits for more than a busy machine needs.
   */
  static ClusterPlan plan(int followers) {
    return ClusterPlan.of(followers)
        .with("WRITE_TIMEOUT_MS", "1500")
        .with("LINK_TIMEOUT_MS", "2500");
  }

  /**
   * @param quorums that the fault leaves within reach
   */
  static Clients start(Cluster cluster, Integer... quorums) {
    return new Clients(cluster, List.of(quorums));
  }

  /** Waits until so many more writes within reach are confirmed. */
  void awaitConfirmed(int more) {
    within.awaitConfirmed(more);
  }

  /** Waits until so many more writes by all followers are confirmed. */
  void awaitConfirmedByAll(int more) {
    byAll.awaitConfirmed(more);
  }

  /** Waits until so many more local reads of this node were answered. */
  void awaitReads(NodeHandle node, int more) {
    readers.awaitReads(node, more);
  }

  /** Waits until a write by all followers has had this outcome. */
  void awaitFailureByAll(String outcome) {
    Eventually.asserted(
        () -> assertThat(byAll.failures()).extracting(Written::outcome).contains(outcome));
  }

  /**
   * Once the fault is healed: ends them all. No write within reach has failed, and one by all only
   * in saying so; all nodes hold the same, and all that was seen keeps the promises.
   */
  void stopAndCheck() {
    within.stop();
    byAll.stop();
    readers.stop();
    assertThat(within.failures()).isEmpty();
    assertThat(byAll.failures())
        .extracting(Written::outcome)
        .isSubsetOf("not_applied", "unconfirmed");
    Replicas.assertConverged(cluster);
    Histories.assertHolds(cluster, history);
  }

  @Override
  public void close() {
    within.close();
    byAll.close();
    readers.close();
  }
}
