package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneNodeUnderTwoNamesTest {

  private static final long SECOND = 1_000_000_000;
  private static final Life LEADER = new Life(1, 1);

  private final List<Asked> asked = new ArrayList<>();
  private final Follower node = new Follower(new Life(7, 7), new NodeState(1 << 20), 1, 0, 0, 0);
  private final List<String> ends = new ArrayList<>();
  private final Leader leader =
      Leader.inMemory(
          new NodeState(1 << 20),
          LEADER,
          List.of("one", "other"),
          5,
          1,
          1,
          new LeaderLimits(
              1 << 20, 1 << 20, 10, 1 << 20, 10, 10, 1 << 20, 1 << 20, 10, 100, 600_000, SECOND, 1,
              1),
          new LeaderClock(0, 0),
          new Asking(),
          new Numbers());

  private record Asked(int follower, long helloNumber, Hello hello) {}

  @Test
  void countsOnce() {
    long now = 0;
    for (int round = 0; round < 6; round++) {
      leader.tick(now++);
      for (Asked hello : List.copyOf(asked)) {
        asked.remove(hello);
        leader.onHelloReport(
            hello.follower(), hello.helloNumber(), node.onHello(hello.hello(), now), now++);
      }
    }
    assertThat(leader.obstacle()).isEmpty();
    List<FollowerView> views = leader.followers(now);
    assertThat(views.stream().filter(FollowerView::connected)).hasSize(1);
    assertThat(views.stream().map(FollowerView::problem))
        .containsExactlyInAnyOrder(null, "is the same node as one");
    leader.put(
        new WriteRequest(Key.of("k"), new byte[1], Condition.NONE, 2, now + SECOND, new Ends()),
        now);
    assertThat(ends).containsExactly("TOO_FEW_CONNECTED");
  }

  @Test
  void isNoFollowerWhereItIsTheLeaderItself() {
    Follower itself = new Follower(LEADER, new NodeState(1 << 20), 1, 0, 0, 0);
    leader.tick(0);
    for (Asked hello : asked) {
      Follower met = hello.follower() == 0 ? itself : node;
      leader.onHelloReport(hello.follower(), hello.helloNumber(), met.onHello(hello.hello(), 1), 1);
    }
    assertThat(leader.obstacle()).as("the other has answered, as one must").isEmpty();
    assertThat(leader.followers(1).stream().map(FollowerView::problem))
        .containsExactly("is this leader itself, which is none of its followers", null);
  }

  @Test
  void isNoAnswerWhereItIsTheLeaderItself() {
    Follower itself = new Follower(LEADER, new NodeState(1 << 20), 1, 0, 0, 0);
    leader.tick(0);
    for (Asked hello : asked) {
      leader.onHelloReport(
          hello.follower(), hello.helloNumber(), itself.onHello(hello.hello(), 1), 1);
    }
    assertThat(leader.obstacle()).isPresent();
  }

  @Test
  void isNoTwoAnswersBeforeItLeads() {
    Leader wantsTwo =
        Leader.inMemory(
            new NodeState(1 << 20),
            LEADER,
            List.of("one", "other"),
            5,
            2,
            1,
            new LeaderLimits(
                1 << 20, 1 << 20, 10, 1 << 20, 10, 10, 1 << 20, 1 << 20, 10, 100, 600_000, SECOND,
                1, 1),
            new LeaderClock(0, 0),
            new Asking(),
            new Numbers());
    wantsTwo.tick(0);
    for (Asked hello : asked) {
      wantsTwo.onHelloReport(
          hello.follower(), hello.helloNumber(), node.onHello(hello.hello(), 1), 1);
    }
    assertThat(wantsTwo.obstacle()).isPresent();
  }

  private final class Asking implements Outbox {
    @Override
    public void openSession(int follower, long session) {}

    @Override
    public void hello(int follower, long helloNumber, Hello hello) {
      asked.add(new Asked(follower, helloNumber, hello));
    }

    @Override
    public void append(int follower, Life life, List<Mutation> write) {}

    @Override
    public void snapshot(int follower, SnapshotChunk chunk) {}

    @Override
    public void open(List<String> urls) {}

    @Override
    public void close() {}

    @Override
    public void grant(int follower, long number, GrantRequest request) {}

    @Override
    public void pull(int follower, long number, Pull pull) {}

    @Override
    public void invite(int follower, Leadership leadership) {}
  }

  private final class Ends implements Waiter {
    @Override
    public void answered(Write write, Answer answer) {
      ends.add(answer.name());
    }

    @Override
    public void refused(Refusal refusal) {
      ends.add(refusal.kind().name());
    }
  }
}
