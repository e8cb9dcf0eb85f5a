package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nodes without disks for the tests of other packages. There is nothing that such a node waits for
 * before it answers, so that its answers are returned here.
 */
public final class Cores {

  /** The random id of every leadership that begins here. */
  public static final long LEADERSHIP_ID = 42;

  private static final int LEAST_QUORUM = 1;

  private Cores() {}

  /** One that follows whoever says hello, begun at 0 ns. */
  public static Node follower(Life life) {
    LeaderLimits limits = new LeaderLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 100, 600_000, 1, 1, 1);
    Node follower =
        new Node(
            terms(life, null, 0, limits),
            new NodeState(limits.backlogBytes()),
            new Nowhere(),
            () -> {},
            0);
    follower.start(0);
    return follower;
  }

  /**
   * One that leads as soon as {@code startQuorum} of its followers have answered, begun at 0 ns.
   *
   * @param names one for each follower
   */
  public static Node leader(
      List<String> names, int startQuorum, LeaderLimits limits, Outbox outbox) {
    List<String> urls = new ArrayList<>();
    urls.add("http://leader");
    names.forEach(name -> urls.add("http://" + name));
    Membership members = new Membership(urls, 0, startQuorum, 0, 0);
    Node leader =
        new Node(
            terms(new Life(99, 99), members, startQuorum, limits),
            new NodeState(limits.backlogBytes()),
            outbox,
            () -> {},
            0);
    leader.start(0);
    return leader;
  }

  /** One without followers that leads already. */
  public static Leader alone(LeaderLimits limits) {
    Node leader = leader(List.of(), 1, limits, new Nowhere());
    leader.tick(0);
    return leading(leader);
  }

  private static Node.Terms terms(
      Life life, @Nullable Membership members, int startQuorum, LeaderLimits limits) {
    return new Node.Terms(
        life,
        members,
        startQuorum,
        false,
        LEAST_QUORUM,
        0,
        0,
        limits,
        () -> 0,
        () -> LEADERSHIP_ID);
  }

  /** The leader that the node is. */
  public static Leader leading(Node node) {
    Leader leader = node.leader();
    if (leader == null) {
      throw new AssertionError("the node does not lead");
    }
    return leader;
  }

  /** What the first leader of a cluster says before its first write to a node that it knows. */
  public static Hello hello(Leadership leadership, Life life) {
    return new Hello(leadership, life, 0, false, false, 0, 0, 0, 0, LEAST_QUORUM, 0);
  }

  /** What the node answers to a hello. */
  public static Report answer(Node node, Hello hello, long nowNanos) {
    return heard(answer -> node.onHello(hello, "http://leader", null, answer, nowNanos));
  }

  /** What the node answers to an append. */
  public static Report answer(Node node, Append append, long nowNanos) {
    return heard(answer -> node.onAppend(append, answer, nowNanos));
  }

  /** What the node answers to a chunk of a snapshot. */
  public static Report answer(Node node, SnapshotChunk chunk, long nowNanos) {
    return heard(answer -> node.onSnapshot(chunk, answer, nowNanos));
  }

  private static Report heard(Consumer<Consumer<Report>> asked) {
    List<Report> answers = new ArrayList<>();
    asked.accept(answers::add);
    if (answers.size() != 1) {
      throw new AssertionError("answered " + answers.size() + " times");
    }
    return answers.get(0);
  }
}
