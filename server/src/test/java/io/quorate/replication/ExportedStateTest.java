package io.quorate.replication;

import static io.quorate.replication.ThreeNodes.TIMEOUT_NANOS;
import static io.quorate.replication.ThreeNodes.holds;
import static io.quorate.replication.ThreeNodes.join;
import static io.quorate.replication.ThreeNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.core.StateHead;
import io.quorate.log.DataDirectory;
import io.quorate.log.Fsync;
import io.quorate.log.Log;
import io.quorate.log.LogSettings;
import io.quorate.log.Restore;
import io.quorate.log.SnapshotFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the snapshot that a node gives to clients says of the node. */
final class ExportedStateTest {

  private static final long NEW_INCARNATION = 77;
  private static final LogSettings SETTINGS = new LogSettings(Fsync.NEVER, 1 << 16, 1 << 20);

  @RegisterExtension
  private final ThreeNodes nodes = new ThreeNodes(new Settings(2, 0, 0, TIMEOUT_NANOS));

  @TempDir Path temporary;

  private SnapshotBytes.Read exportedBy(LoopbackNode node) throws Exception {
    return SnapshotBytes.of(node.shown().snapshot()).read();
  }

  @Test
  void leaderAndFollowersExportTheSameWithoutARoleOrACluster() throws Exception {
    for (int key = 0; key < 20; key++) {
      put(nodes.first, "k" + key, "v");
    }
    await().until(() -> holds(nodes.second, "k19", "v") && holds(nodes.third, "k19", "v"));
    for (LoopbackNode node : new LoopbackNode[] {nodes.first, nodes.second, nodes.third}) {
      SnapshotBytes.Read read = exportedBy(node);
      SnapshotFile.Head head = read.summary().head();
      assertThat(head.incarnation()).isEqualTo(node.live().core().life().incarnation());
      assertThat(head.floor()).isEqualTo(1);
      StateHead state = head.state();
      assertThat(state.reign().own()).isFalse();
      assertThat(state.membership()).isNull();
      assertThat(state.reign().leadership().epoch()).isEqualTo(1);
      assertThat(state.lastVersion()).isEqualTo(20);
      assertThat(state.appliedVersion()).isEqualTo(20);
      assertThat(state.whole()).isTrue();
      assertThat(read.entries()).extracting(Mutation::version).hasSize(20).doesNotHaveDuplicates();
    }
  }

  @Test
  void leaderThatDoesNotServeIsAtNoVersionToExport() {
    put(nodes.first, "k", "v");
    join(nodes.first.live().stop());
    assertThat(join(nodes.first.live().snapshot().begin(TIMEOUT_NANOS))).isFalse();
  }

  @Test
  void exportTellsWhereItsEpochsCameFromAndThatOneWasUnclean() throws Exception {
    put(nodes.first, "k", "v");
    join(nodes.second.shown().promote(false, TIMEOUT_NANOS));
    StateHead state = exportedBy(nodes.second).summary().head().state();
    assertThat(state.reign())
        .usingRecursiveComparison()
        .ignoringFields("own")
        .isEqualTo(nodes.second.live().core().state().reign());
    assertThat(state.reign().own()).isFalse();
    assertThat(state.reign().unclean()).isTrue();
    assertThat(state.reign().ancestors()).hasSize(1);
    assertThat(state.granted().epoch()).isEqualTo(2);
  }

  @Test
  void dataDirectoryIsMadeOfIt() throws Exception {
    put(nodes.first, "k", "v");
    Path file = temporary.resolve("exported");
    Files.write(file, SnapshotBytes.of(nodes.first.shown().snapshot()).array());
    Path directory = temporary.resolve("restored");
    Restore.run(file, directory, NEW_INCARNATION);
    NodeState restored = new NodeState(1 << 20);
    DataDirectory opened = DataDirectory.open(directory, 1, 0);
    Log log = new Log(opened, SETTINGS, System::nanoTime, NOBODY);
    log.replay(restored.replay());
    log.close();
    assertThat(opened.incarnation()).isEqualTo(NEW_INCARNATION);
    assertThat(restored.reign().own()).isFalse();
    assertThat(restored.membership()).isNull();
    assertThat(restored.head().lastVersion()).isEqualTo(1);
    assertThat(restored.store().keys()).isEqualTo(1);
  }

  private static final Log.Listener NOBODY =
      new Log.Listener() {
        @Override
        public void settled(long position) {}

        @Override
        public void failed(IOException cause) {
          throw new AssertionError(cause);
        }
      };
}
