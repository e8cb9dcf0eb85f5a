package io.quorate.replication;

import static io.quorate.replication.ThreeNodes.TIMEOUT_NANOS;
import static io.quorate.replication.ThreeNodes.bytes;
import static io.quorate.replication.ThreeNodes.holds;
import static io.quorate.replication.ThreeNodes.join;
import static io.quorate.replication.ThreeNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Append;
import io.quorate.core.Key;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.Reign;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A follower's snapshot is of one version, whatever is on its way to it. */
final class OneVersionExportTest {

  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int WRITES = 300;

  @RegisterExtension
  private final ThreeNodes nodes = new ThreeNodes(new Settings(2, 0, LAG_NANOS, TIMEOUT_NANOS));

  private record Asked(SnapshotStream stream, CompletableFuture<Boolean> begun) {}

  /** Asks the second node for its snapshot. */
  private Asked ask(long timeoutNanos) {
    SnapshotStream stream = nodes.second.shown().snapshot();
    Asked asked = new Asked(stream, stream.begin(timeoutNanos).toCompletableFuture());
    // It has looked once when this is through.
    onFollower((core, life) -> {});
    return asked;
  }

  private void onFollower(BiConsumer<Node, Life> action) {
    LiveNode live = nodes.second.live();
    join(
        live.onLoop(
            () -> {
              action.accept(live.core(), live.core().life());
              return true;
            }));
  }

  /** Has a write arrive that the leader gives later, or never. */
  private void arrives(long version) {
    onFollower(
        (core, life) -> {
          Mutation mutation = new Mutation(Key.of("k" + version), bytes("v"), 1, version);
          Append append =
              new Append(core.state().reign().leadership(), life, 0, 0, List.of(mutation));
          core.onAppend(append, OneVersionExportTest::accepted, System.nanoTime());
        });
  }

  private static void accepted(Report report) {
    assertThat(report.verdict()).isEqualTo(Report.Verdict.ACCEPTED);
  }

  /** A part of a snapshot through version 2: of what is newer than another, or of everything. */
  private void isSent(long since, int number, boolean last, Mutation... mutations) {
    onFollower(
        (core, life) -> {
          Reign reign = core.state().reign();
          SnapshotHead head = new SnapshotHead(reign.leadership(), 1_000, 2, since, 0, reign);
          SnapshotChunk chunk = new SnapshotChunk(head, life, number, last, List.of(mutations));
          core.onSnapshot(chunk, OneVersionExportTest::accepted, System.nanoTime());
        });
  }

  @Test
  void followerWithAGapGivesItsSnapshotOnceTheGapIsClosed() throws Exception {
    arrives(2);
    Asked asked = ask(TIMEOUT_NANOS);
    assertThat(asked.begun()).isNotDone();
    put(nodes.first, "k1", "v");
    assertThat(join(asked.begun())).isTrue();
    expectAllThrough(SnapshotBytes.rest(asked.stream()).read(), 2);
  }

  @Test
  void followerWithAGapThatStaysGivesNoSnapshotAndItsLeaderDoes() throws Exception {
    put(nodes.first, "k1", "v");
    await().until(() -> holds(nodes.second, "k1", "v"));
    arrives(3);
    Asked asked = ask(SHORT_NANOS);
    assertThat(join(asked.begun())).isFalse();
    asked.stream().close();
    expectAllThrough(SnapshotBytes.of(nodes.first.shown().snapshot()).read(), 1);
  }

  @Test
  void followerThatIsSentADifferenceGivesWhatItHasMeanwhile() throws Exception {
    put(nodes.first, "k1", "v");
    await().until(() -> holds(nodes.second, "k1", "v"));
    isSent(1, 0, false, new Mutation(Key.of("k2"), bytes("v"), 1, 2));
    assertThat(nodes.second.isLevel()).isTrue();
    expectAllThrough(SnapshotBytes.of(nodes.second.shown().snapshot()).read(), 1);
    isSent(1, 1, true);
    expectAllThrough(SnapshotBytes.of(nodes.second.shown().snapshot()).read(), 2);
  }

  @Test
  void followerWhoseStoreIsBeingFilledGivesItsSnapshotOnceThatIsComplete() throws Exception {
    isSent(0, 0, false, new Mutation(Key.of("k1"), bytes("v"), 1, 1));
    Asked asked = ask(TIMEOUT_NANOS);
    assertThat(nodes.second.isLevel()).isFalse();
    assertThat(asked.begun()).isNotDone();
    isSent(0, 1, true, new Mutation(Key.of("k2"), bytes("v"), 1, 2));
    assertThat(join(asked.begun())).isTrue();
    expectAllThrough(SnapshotBytes.rest(asked.stream()).read(), 2);
  }

  /** Each write is of a key of its own, so that all through a version is as many keys. */
  @Test
  void snapshotsTakenWhileWritesOvertakeOneAnotherLackNone() throws Exception {
    List<ThreeNodes.Told> told = new ArrayList<>();
    for (int write = 0; write < WRITES; write++) {
      ThreeNodes.Told one = new ThreeNodes.Told();
      nodes.first.leader().write(ThreeNodes.request("k" + write, "v", 1, one));
      told.add(one);
    }
    long last = 0;
    while (last < WRITES) {
      last = expectAllThrough(SnapshotBytes.of(nodes.second.shown().snapshot()).read(), last);
    }
    told.forEach(one -> assertThat(join(one.end)).isEqualTo("CONFIRMED"));
  }

  /** The last version that is there. */
  private static long expectAllThrough(SnapshotBytes.Read read, long least) {
    StateHead head = read.summary().head().state();
    assertThat(head.appliedVersion()).isEqualTo(head.lastVersion()).isGreaterThanOrEqualTo(least);
    assertThat(head.appliedAbove().size()).isZero();
    assertThat(read.entries())
        .extracting(Mutation::version)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, head.lastVersion()).boxed().toList());
    return head.lastVersion();
  }
}
