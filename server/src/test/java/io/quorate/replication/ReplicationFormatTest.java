package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Append;
import io.quorate.core.Attributes;
import io.quorate.core.GrantRequest;
import io.quorate.core.Hello;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Pull;
import io.quorate.core.Receipt;
import io.quorate.core.Reign;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.SnapshotHead;
import io.quorate.replication.ReplicationFormat.HelloMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReplicationFormatTest {

  private static final Leadership LEADERSHIP = new Leadership(3, -7);
  private static final Leadership EARLIER = new Leadership(2, Long.MIN_VALUE);
  private static final Life LIFE = new Life(0x1234_5678_9abc_def0L, -2);
  private static final List<Mutation> MUTATIONS =
      List.of(
          new Mutation(Key.of("a/ä"), new byte[] {1, 2, 3}, 3, 41),
          new Mutation(Key.of("gone"), null, 3, 42),
          new Mutation(Key.of("empty"), new byte[0], 3, 40),
          new Mutation(
              Key.of("ends"),
              new byte[] {4},
              3,
              43,
              new Attributes(2, 1_800_000_000_000L, false, 1, null, false)),
          new Mutation(
              Key.of("marked"),
              null,
              3,
              44,
              new Attributes(
                  2, 0, false, 0, new Receipt("id", new Receipt.Payload(5, 6), 2, 77), false)));
  private static final HelloMessage HELLO =
      new HelloMessage(
          new Hello(
              LEADERSHIP,
              new Life(3, 4),
              39,
              true,
              false,
              42,
              40,
              12,
              1_800_000_000_000L,
              2,
              2_000_000_000L),
          new LeaderCard(
              "leader:8080",
              "http://leader:8080",
              new Membership(List.of("http://leader:1", "http://f:1"), 1, 3, 100, 1000)));
  private static final GrantRequest GRANT = new GrantRequest(LEADERSHIP, EARLIER, true, 2, 900);
  private static final Pull PULL = new Pull(LEADERSHIP, LIFE, 5, 6, 38);
  private static final Reign REIGN =
      new Reign(
          LEADERSHIP,
          39,
          true,
          false,
          List.of(new Reign.Ancestor(EARLIER, 38), new Reign.Ancestor(new Leadership(1, 9), 20)));
  private static final SnapshotHead HEAD = new SnapshotHead(LEADERSHIP, 5, 41, 38, 12, REIGN);

  @Test
  void helloIsReadAsItWasWritten() {
    assertThat(ReplicationFormat.readHello(hello(HELLO))).isEqualTo(HELLO);
  }

  @Test
  void flagsOfAHelloAreNotTakenForEachOther() {
    Hello unclean = new Hello(LEADERSHIP, Life.NONE, 39, false, true, 42, 40, 12, 0, 2, 7);
    HelloMessage message = new HelloMessage(unclean, HELLO.card());
    assertThat(ReplicationFormat.readHello(hello(message))).isEqualTo(message);
  }

  @Test
  void nodeThatIsNoneOfTheClustersIsRefused() {
    Membership members = HELLO.card().members();
    Membership beyond = new Membership(members.urls(), members.urls().size(), 3, 100, 1000);
    ByteBuf body = hello(new HelloMessage(HELLO.hello(), new LeaderCard("l", "http://l", beyond)));
    assertThatThrownBy(() -> ReplicationFormat.readHello(body))
        .isInstanceOf(CorruptedFrameException.class);
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
  void appendThatPartsAWriteIsRefused() {
    for (List<Mutation> parted : List.of(MUTATIONS.subList(0, 4), List.of(MUTATIONS.get(3)))) {
      ByteBuf body = Unpooled.buffer();
      ReplicationFormat.writeAppendHead(body, new Append(LEADERSHIP, LIFE, 40, 12, parted));
      Bytes.writeMutations(body, parted);
      assertThatThrownBy(() -> ReplicationFormat.readAppend(body))
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
  void snapshotChunkIsReadAsItWasWritten() {
    SnapshotChunk read = ReplicationFormat.readSnapshot(snapshot(HEAD));
    assertThat(read.head()).isEqualTo(HEAD);
    assertThat(read.life()).isEqualTo(LIFE);
    assertThat(read.number()).isEqualTo(6);
    assertThat(read.last()).isTrue();
    assertSame(read.mutations());
  }

  @Test
  void reignWithAsManyAncestorsAsMayBeIsReadAsItWasWritten() {
    SnapshotHead head = headWithAncestors(Reign.MOST_ANCESTORS);
    assertThat(ReplicationFormat.readSnapshot(snapshot(head)).head()).isEqualTo(head);
  }

  @Test
  void reignWithMoreAncestorsThanMayBeIsRefused() {
    ByteBuf body = snapshot(headWithAncestors(Reign.MOST_ANCESTORS + 1));
    assertThatThrownBy(() -> ReplicationFormat.readSnapshot(body))
        .isInstanceOf(CorruptedFrameException.class);
  }

  private static SnapshotHead headWithAncestors(int count) {
    Reign.Ancestor ancestor = new Reign.Ancestor(EARLIER, 38);
    Reign reign = new Reign(LEADERSHIP, 39, false, true, Collections.nCopies(count, ancestor));
    return new SnapshotHead(LEADERSHIP, 5, 41, 0, 12, reign);
  }

  @Test
  void grantIsReadAsItWasWritten() {
    assertThat(ReplicationFormat.readGrant(grant())).isEqualTo(GRANT);
  }

  @Test
  void pullIsReadAsItWasWritten() {
    assertThat(ReplicationFormat.readPull(pull())).isEqualTo(PULL);
  }

  @Test
  void inviteIsReadAsItWasWritten() {
    assertThat(ReplicationFormat.readInvite(invite())).isEqualTo(LEADERSHIP);
  }

  @Test
  void bodyOfAnotherFormatIsRefused() {
    for (Map.Entry<ByteBuf, Function<ByteBuf, Object>> body : readers().entrySet()) {
      ByteBuf other = body.getKey().copy().setByte(0, ReplicationFormat.FORMAT - 1);
      assertThatThrownBy(() -> body.getValue().apply(other))
          .hasMessageContaining("format is " + (ReplicationFormat.FORMAT - 1));
    }
  }

  @Test
  void everyBodyCutAnywhereOrTooLongIsRefused() {
    readers().forEach(AlteredBodies::expectCutsRefused);
  }

  @Test
  void alteredBytesAreReadOrRefusedAndNeverBreakTheReader() {
    readers().forEach(AlteredBodies::expectReadOrRefused);
  }

  private static Map<ByteBuf, Function<ByteBuf, Object>> readers() {
    return Map.of(
        hello(HELLO), ReplicationFormat::readHello,
        append(), ReplicationFormat::readAppend,
        snapshot(HEAD), ReplicationFormat::readSnapshot,
        grant(), ReplicationFormat::readGrant,
        pull(), ReplicationFormat::readPull,
        invite(), ReplicationFormat::readInvite);
  }

  private static ByteBuf written(Consumer<ByteBuf> writer) {
    ByteBuf out = Unpooled.buffer();
    writer.accept(out);
    return out;
  }

  private static ByteBuf hello(HelloMessage message) {
    return written(out -> ReplicationFormat.writeHello(out, message));
  }

  private static ByteBuf append() {
    ByteBuf out = Unpooled.buffer();
    ReplicationFormat.writeAppendHead(out, new Append(LEADERSHIP, LIFE, 40, 12, MUTATIONS));
    Bytes.writeMutations(out, MUTATIONS);
    return out;
  }

  private static ByteBuf snapshot(SnapshotHead head) {
    SnapshotChunk chunk = new SnapshotChunk(head, LIFE, 6, true, MUTATIONS);
    return written(out -> ReplicationFormat.writeSnapshot(out, chunk));
  }

  private static ByteBuf grant() {
    return written(out -> ReplicationFormat.writeGrant(out, GRANT));
  }

  private static ByteBuf pull() {
    return written(out -> ReplicationFormat.writePull(out, PULL));
  }

  private static ByteBuf invite() {
    return written(out -> ReplicationFormat.writeInvite(out, LEADERSHIP));
  }

  private static void assertSame(List<Mutation> read) {
    assertThat(read).hasSameSizeAs(MUTATIONS);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).key()).isEqualTo(MUTATIONS.get(i).key());
      assertThat(read.get(i).value()).isEqualTo(MUTATIONS.get(i).value());
      assertThat(read.get(i).token()).isEqualTo(MUTATIONS.get(i).token());
      assertThat(read.get(i).attributes()).isEqualTo(MUTATIONS.get(i).attributes());
    }
  }
}
