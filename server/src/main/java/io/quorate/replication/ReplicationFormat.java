package io.quorate.replication;

import static io.quorate.replication.Bytes.check;
import static io.quorate.replication.Bytes.checkEnd;
import static io.quorate.replication.Bytes.need;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Append;
import io.quorate.core.Hello;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.VersionRanges;
import java.util.ArrayList;
import java.util.List;

/**
 * The bodies of {@code POST /v1/replication/...} and of their answers, in the pieces of {@link
 * Bytes}. Each begins with one byte, {@link #FORMAT}; another value is refused, and so is anything
 * too short or too long.
 *
 * <pre>
 *  hello     u8 format | leadership | i64 last version | i64 confirmed version | i64 tombstone floor
 *            | text leader id | text leader url | i32 write quorum | i64 min delay ns | i64 max delay ns
 *            | u16 count | text follower url ...
 *
 *  append    u8 format | leadership | life | i64 confirmed version | i64 tombstone floor | mutations
 *
 *  snapshot  u8 format | leadership | life | i64 attempt | i32 number | i64 version | u8 last | mutations
 *
 *  report    u8 format | u8 verdict (0 accepted, 1 other life, 2 other leadership, 3 other snapshot)
 *            | life | leadership | i64 applied version | i64 last version
 *            | i32 count | acknowledged range ... | text node id
 *
 *  range     i64 first version | i64 last version
 * </pre>
 */
public final class ReplicationFormat {

  static final int FORMAT = 2;

  private static final int RANGE_BYTES = 2 * Long.BYTES;

  /** Of an append, all before its mutations. */
  static final int APPEND_HEAD_BYTES = 49;

  static final String HELLO = "hello";
  static final String APPEND = "append";
  static final String SNAPSHOT = "snapshot";

  private ReplicationFormat() {}

  /** A hello and the leader's card. */
  record HelloMessage(Hello hello, LeaderCard card) {}

  /** A report and the id of the node that made it. */
  record NodeReport(Report report, String nodeId) {}

  static void writeHello(ByteBuf out, HelloMessage message) {
    Hello hello = message.hello();
    LeaderCard card = message.card();
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, hello.leadership());
    out.writeLong(hello.lastVersion()).writeLong(hello.confirmedVersion());
    out.writeLong(hello.tombstoneFloor());
    Bytes.writeText(out, card.id());
    Bytes.writeText(out, card.url());
    out.writeInt(card.writeQuorum());
    out.writeLong(card.minDelayNanos()).writeLong(card.maxDelayNanos());
    out.writeShort(card.followerUrls().size());
    card.followerUrls().forEach(url -> Bytes.writeText(out, url));
  }

  static HelloMessage readHello(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(body(in));
    need(in, 24);
    Hello hello = new Hello(leadership, in.readLong(), in.readLong(), in.readLong());
    String id = Bytes.readText(in);
    String url = Bytes.readText(in);
    need(in, 22);
    int writeQuorum = in.readInt();
    long minDelayNanos = in.readLong();
    long maxDelayNanos = in.readLong();
    List<String> urls = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      urls.add(Bytes.readText(in));
    }
    checkEnd(in);
    return new HelloMessage(
        hello, new LeaderCard(id, url, writeQuorum, minDelayNanos, maxDelayNanos, urls));
  }

  /**
   * All of an append but its mutations, which are the same for every follower and written apart.
   */
  static void writeAppendHead(ByteBuf out, Append append) {
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, append.leadership());
    Bytes.writeLife(out, append.life());
    out.writeLong(append.confirmedVersion()).writeLong(append.tombstoneFloor());
  }

  static Append readAppend(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(body(in));
    Life life = Bytes.readLife(in);
    need(in, 16);
    long confirmedVersion = in.readLong();
    long tombstoneFloor = in.readLong();
    Append append =
        new Append(leadership, life, confirmedVersion, tombstoneFloor, Bytes.readMutations(in));
    checkEnd(in);
    return append;
  }

  static void writeSnapshot(ByteBuf out, SnapshotChunk chunk) {
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, chunk.leadership());
    Bytes.writeLife(out, chunk.life());
    out.writeLong(chunk.attempt()).writeInt(chunk.number()).writeLong(chunk.version());
    out.writeByte(chunk.last() ? 1 : 0);
    Bytes.writeMutations(out, chunk.mutations());
  }

  static SnapshotChunk readSnapshot(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(body(in));
    Life life = Bytes.readLife(in);
    need(in, 21);
    long attempt = in.readLong();
    int number = in.readInt();
    long version = in.readLong();
    boolean last = in.readByte() != 0;
    SnapshotChunk chunk =
        new SnapshotChunk(
            leadership, life, attempt, number, version, last, Bytes.readMutations(in));
    checkEnd(in);
    return chunk;
  }

  static void writeReport(ByteBuf out, NodeReport message) {
    Report report = message.report();
    out.writeByte(FORMAT).writeByte(code(report.verdict()));
    Bytes.writeLife(out, report.life());
    Bytes.writeLeadership(out, report.leadership());
    out.writeLong(report.appliedVersion()).writeLong(report.lastVersion());
    VersionRanges acknowledged = report.acknowledged();
    out.writeInt(acknowledged.size());
    for (int range = 0; range < acknowledged.size(); range++) {
      out.writeLong(acknowledged.first(range)).writeLong(acknowledged.last(range));
    }
    Bytes.writeText(out, message.nodeId());
  }

  static NodeReport readReport(ByteBuf in) {
    Report.Verdict verdict = verdict(need(body(in), 1).readUnsignedByte());
    Life life = Bytes.readLife(in);
    Leadership leadership = Bytes.readLeadership(in);
    need(in, 20);
    long appliedVersion = in.readLong();
    long lastVersion = in.readLong();
    VersionRanges acknowledged = readRanges(in);
    String nodeId = Bytes.readText(in);
    checkEnd(in);
    return new NodeReport(
        new Report(verdict, life, leadership, appliedVersion, lastVersion, acknowledged), nodeId);
  }

  private static VersionRanges readRanges(ByteBuf in) {
    int count = in.readInt();
    check(count >= 0 && count <= in.readableBytes() / RANGE_BYTES, "ranges", count);
    VersionRanges ranges = new VersionRanges();
    for (int i = 0; i < count; i++) {
      long first = in.readLong();
      long last = in.readLong();
      check(first > 0, "first of a range", first);
      check(last >= first, "last of a range", last);
      ranges.add(first, last);
    }
    return ranges;
  }

  private static int code(Report.Verdict verdict) {
    return switch (verdict) {
      case ACCEPTED -> 0;
      case OTHER_LIFE -> 1;
      case OTHER_LEADERSHIP -> 2;
      case OTHER_SNAPSHOT -> 3;
    };
  }

  private static Report.Verdict verdict(int code) {
    return switch (code) {
      case 0 -> Report.Verdict.ACCEPTED;
      case 1 -> Report.Verdict.OTHER_LIFE;
      case 2 -> Report.Verdict.OTHER_LEADERSHIP;
      case 3 -> Report.Verdict.OTHER_SNAPSHOT;
      default -> throw new CorruptedFrameException("replication format: verdict is " + code);
    };
  }

  private static ByteBuf body(ByteBuf in) {
    int format = need(in, 1).readUnsignedByte();
    check(format == FORMAT, "format", format);
    return in;
  }
}
