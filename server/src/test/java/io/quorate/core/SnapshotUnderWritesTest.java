package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A leader and one follower that hear each other at once, one message at a time. */
final class SnapshotUnderWritesTest implements Outbox {

  private static final int KEYS = 400;

  private final LeaderLimits limits =
      new LeaderLimits(
          1 << 24, 2_000, 100, 100_000, 10, 8, 1_000, 200, 100, 100, 600_000, 1_000, 10, 100);
  private final ArrayDeque<Runnable> messages = new ArrayDeque<>();
  private final NodeState followed = new NodeState(1 << 20);
  private final Follower follower = new Follower(new Life(1, 1), followed, 1, 0, 0, 0);
  private final Leader leader =
      Leader.inMemory(
          new NodeState(limits.backlogBytes()),
          new Life(8, 8),
          List.of("f0", "f1"),
          9,
          1,
          1,
          limits,
          new LeaderClock(0, 0),
          this,
          new Numbers());
  private boolean reachable = true;
  private int snapshots;
  private int chunks;

  @Override
  public void openSession(int index, long session) {}

  @Override
  public void hello(int index, long helloNumber, Hello hello) {
    if (index == 0 && reachable) {
      messages.add(() -> leader.onHelloReport(0, helloNumber, follower.onHello(hello, 1), 1));
    }
  }

  @Override
  public void append(int index, Life life, List<Mutation> write) {
    Append append = leader.append(life, write);
    messages.add(() -> leader.onAppendReport(0, follower.onAppend(append, 1), 1));
  }

  @Override
  public void snapshot(int index, SnapshotChunk chunk) {
    snapshots += chunk.number() == 0 ? 1 : 0;
    chunks++;
    messages.add(() -> leader.onSnapshotReport(0, chunk, follower.onSnapshot(chunk, 1), 1));
  }

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

  private void write(int key) {
    leader.put(
        new WriteRequest(
            Key.of("key" + key), new byte[30], Condition.NONE, 0, 1_000, new Writes.Told()),
        1);
  }

  private void deliver(int count) {
    for (int i = 0; i < count && !messages.isEmpty(); i++) {
      messages.remove().run();
    }
  }

  /** Writes of several times the backlog and the window go by while one snapshot is sent. */
  @Test
  void oneSnapshotSufficesWhileWritesGoOn() {
    leader.tick(0);
    messages.remove().run();
    assertThat(leader.obstacle()).isEmpty();
    messages.clear();
    for (int key = 0; key < KEYS; key++) {
      write(key);
    }
    leader.tick(1);
    deliver(1);
    int writes = 0;
    while (followed.head().appliedVersion() < KEYS) {
      for (int i = 0; i < 3; i++) {
        write(writes % KEYS);
        writes++;
      }
      deliver(5);
      assertThat(writes).isLessThan(10_000);
    }
    deliver(100_000);
    assertThat(snapshots).isOne();
    assertThat(chunks).isGreaterThan(50);
    assertThat((long) writes * 100).isGreaterThan(4 * limits.backlogBytes());
    assertThat(followed.head().appliedVersion()).isEqualTo(leader.lastVersion());
    assertThat(leader.followers(1).get(0).state()).isEqualTo(FollowerState.STREAMING);
  }
}
