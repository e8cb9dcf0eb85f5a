package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Append;
import io.quorate.core.Hello;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.VersionRanges;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import io.quorate.replication.ReplicationFormat.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReplicationFormatTest {

  private static final Leadership LEADERSHIP = new Leadership(3, -7);
  private static final Life LIFE = new Life(0x1234_5678_9abc_def0L, -2);
  private static final List<Mutation> MUTATIONS =
      List.of(
          new Mutation(Key.of("a/ä"), new byte[] {1, 2, 3}, 3, 41),
          new Mutation(Key.of("gone"), null, 3, 42),
          new Mutation(Key.of("empty"), new byte[0], 3, 40));
  private static final HelloMessage HELLO =
      new HelloMessage(
          new Hello(LEADERSHIP, 42, 40, 12),
          new LeaderCard("leader:8080", "http://leader:8080", 3, 100, 1000, List.of("http://f:1")));
  private static final VersionRanges ACKNOWLEDGED = new VersionRanges().add(42).add(7, 9).add(41);
  private static final NodeReport REPORT =
      new NodeReport(
          new Report(Report.Verdict.OTHER_LIFE, LIFE, LEADERSHIP, 40, 42, ACKNOWLEDGED), "f1");

  @Test
  void helloIsReadAsItWasWritten() {
    assertThat(ReplicationFormat.readHello(hello())).isEqualTo(HELLO);
  }

  @Test
  void reportIsReadAsItWasWritten() {
    assertThat(ReplicationFormat.readReport(report())).isEqualTo(REPORT);
  }

  @Test
  void appendIsReadAsItWasWritten() {
    Append read = ReplicationFormat.readAppend(append());
    assertThat(read.leadership()).isEqualTo(LEADERSHIP);
    assertThat(read.life()).isEqualTo(LIFE);
    assertThat(read.confirmedVersion()).isEqualTo(40);
    assertThat(read.tombstoneFloor()).isEqualTo(12);
    assertSame(read.mutations());
  }

  @Test
  void snapshotChunkIsReadAsItWasWritten() {
    SnapshotChunk read = ReplicationFormat.readSnapshot(snapshot());
    assertThat(read.attempt()).isEqualTo(5);
    assertThat(read.number()).isEqualTo(6);
    assertThat(read.version()).isEqualTo(41);
    assertThat(read.last()).isTrue();
    assertSame(read.mutations());
  }

  @Test
  void rangeThatBeginsAtNothingOrEndsBeforeItBeginsIsRefused() {
    for (VersionRanges wrong :
        List.of(new VersionRanges().add(0, 5), new VersionRanges().add(9, 8))) {
      ByteBuf out = Unpooled.buffer();
      ReplicationFormat.writeReport(
          out,
          new NodeReport(
              new Report(Report.Verdict.ACCEPTED, LIFE, LEADERSHIP, 40, 42, wrong), "f1"));
      assertThatThrownBy(() -> ReplicationFormat.readReport(out))
          .isInstanceOf(CorruptedFrameException.class);
    }
  }

  @Test
  void headOfAnAppendIsAsLongAsItSays() {
    ByteBuf out = Unpooled.buffer();
    ReplicationFormat.writeAppendHead(out, new Append(LEADERSHIP, LIFE, 40, 12, List.of()));
    assertThat(out.readableBytes()).isEqualTo(ReplicationFormat.APPEND_HEAD_BYTES);
  }

  @Test
  void everyBodyCutAnywhereOrTooLongIsRefused() {
    for (Map.Entry<ByteBuf, Function<ByteBuf, Object>> body : readers().entrySet()) {
      ByteBuf whole = body.getKey();
      for (int length = 0; length < whole.readableBytes(); length++) {
        ByteBuf cut = whole.copy(0, length);
        assertThatThrownBy(() -> body.getValue().apply(cut))
            .isInstanceOf(CorruptedFrameException.class);
      }
      ByteBuf tooLong = whole.copy().writeByte(0);
      assertThatThrownBy(() -> body.getValue().apply(tooLong))
          .isInstanceOf(CorruptedFrameException.class);
    }
  }

  @Test
  void alteredBytesAreReadOrRefusedAndNeverBreakTheReader() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (Map.Entry<ByteBuf, Function<ByteBuf, Object>> body : readers().entrySet()) {
      for (int round = 0; round < 2_000; round++) {
        ByteBuf altered = body.getKey().copy();
        altered.setByte(random.nextInt(altered.readableBytes()), random.nextInt());
        try {
          assertThat(body.getValue().apply(altered)).isNotNull();
        } catch (CorruptedFrameException refused) {
          assertThat(refused).as("seed %d", seed).hasMessageStartingWith("replication format: ");
        }
      }
    }
  }

  private static Map<ByteBuf, Function<ByteBuf, Object>> readers() {
    return Map.of(
        hello(), ReplicationFormat::readHello,
        append(), ReplicationFormat::readAppend,
        snapshot(), ReplicationFormat::readSnapshot,
        report(), ReplicationFormat::readReport);
  }

  private static ByteBuf hello() {
    ByteBuf out = Unpooled.buffer();
    ReplicationFormat.writeHello(out, HELLO);
    return out;
  }

  private static ByteBuf report() {
    ByteBuf out = Unpooled.buffer();
    ReplicationFormat.writeReport(out, REPORT);
    return out;
  }

  private static ByteBuf append() {
    ByteBuf out = Unpooled.buffer();
    ReplicationFormat.writeAppendHead(out, new Append(LEADERSHIP, LIFE, 40, 12, MUTATIONS));
    Bytes.writeMutations(out, MUTATIONS);
    return out;
  }

  private static ByteBuf snapshot() {
    ByteBuf out = Unpooled.buffer();
    ReplicationFormat.writeSnapshot(
        out, new SnapshotChunk(LEADERSHIP, LIFE, 5, 6, 41, true, MUTATIONS));
    return out;
  }

  private static void assertSame(List<Mutation> read) {
    assertThat(read).hasSameSizeAs(MUTATIONS);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).key()).isEqualTo(MUTATIONS.get(i).key());
      assertThat(read.get(i).value()).isEqualTo(MUTATIONS.get(i).value());
      assertThat(read.get(i).token()).isEqualTo(MUTATIONS.get(i).token());
    }
  }
}
