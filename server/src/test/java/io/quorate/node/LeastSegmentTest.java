package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.log.DataDirectory;
import io.quorate.log.Log;
import io.quorate.replication.LiveNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to fit in a segment that is as small as is taken. */
final class LeastSegmentTest {

  private static final int LONGEST_KEY = 512;

  @TempDir Path temporary;

  private static final Log.Listener LISTENER =
      new Log.Listener() {
        @Override
        public void settled(long position) {}

        @Override
        public void failed(IOException cause) {
          throw new AssertionError(cause);
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {0, 1024, 1 << 20})
  void largestBatchFitsHoweverFullTheSegmentIs(int valueBytes) throws Exception {
    int least = 2 * (LiveNode.BATCH_BYTES + valueBytes);
    NodeConfig config =
        NodeConfig.read(
            new Environment(
                Map.of(
                    "FSYNC",
                    "never",
                    "MAX_VALUE_BYTES",
                    "" + valueBytes,
                    "SEGMENT_BYTES",
                    "" + least)));
    Mutation largest = new Mutation(new Key(new byte[LONGEST_KEY]), new byte[valueBytes], 1, 1);
    long largestBatch = LiveNode.BATCH_BYTES - 1L + largest.sizeBytes();
    Log log = open(config);
    for (int told = 0; told < 2 * least; told += least / 37) {
      assertThat(roomBytes(log)).as("after %d bytes", told).isGreaterThan(largestBatch);
      log.stored(new Mutation(Key.of("k"), new byte[least / 37], 1, 1));
    }
    log.close();
  }

  private Log open(NodeConfig config) throws Exception {
    DataDirectory directory = DataDirectory.open(temporary.resolve("disk"), 1, 7);
    Log log = new Log(directory, config.log(), System::nanoTime, LISTENER);
    log.replay(new NodeState(1 << 20).replay());
    return log;
  }

  /** Once all that was told is written, and the next segment is ready. */
  private static long roomBytes(Log log) {
    while (log.drain() == 0) {}
    return log.roomBytes();
  }
}
