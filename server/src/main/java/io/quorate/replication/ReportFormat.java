package io.quorate.replication;

import static io.quorate.replication.Bytes.check;
import static io.quorate.replication.Bytes.checkEnd;
import static io.quorate.replication.Bytes.need;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Report;
import io.quorate.core.VersionRanges;

/**
 * What a node answers to all that another sends it but a pull, in the pieces of {@link Bytes}.
 *
 * <pre>
 *  report    u8 format | u8 verdict | life | leadership entered | leadership granted
 *            | i64 applied version | i64 last version | u8 flags (1 whole, 2 leading)
 *            | i64 lease left ns | i64 attempt of the snapshot that arrives | i32 its next chunk
 *            | i32 count | acknowledged range ... | text node id
 *
 *  range     i64 first version | i64 last version
 *
 *  verdict   0 accepted, 1 other life, 2 other leadership, 3 other snapshot, 4 leased,
 *            5 other least quorum, 6 no room
 * </pre>
 */
final class ReportFormat {

  private static final int RANGE_BYTES = 2 * Long.BYTES;

  private ReportFormat() {}

  /** A report and the id of the node that made it. */
  record NodeReport(Report report, String nodeId) {}

  static void write(ByteBuf out, NodeReport message) {
    Report report = message.report();
    out.writeByte(ReplicationFormat.FORMAT).writeByte(code(report.verdict()));
    Bytes.writeLife(out, report.life());
    Bytes.writeLeadership(out, report.leadership());
    Bytes.writeLeadership(out, report.granted());
    out.writeLong(report.appliedVersion()).writeLong(report.lastVersion());
    out.writeByte((report.whole() ? 1 : 0) | (report.leading() ? 2 : 0));
    out.writeLong(report.leaseLeftNanos());
    out.writeLong(report.install().attempt()).writeInt(report.install().nextNumber());
    VersionRanges acknowledged = report.acknowledged();
    out.writeInt(acknowledged.size());
    for (int range = 0; range < acknowledged.size(); range++) {
      out.writeLong(acknowledged.first(range)).writeLong(acknowledged.last(range));
    }
    Bytes.writeText(out, message.nodeId());
  }

  static NodeReport read(ByteBuf in) {
    Report.Verdict verdict = verdict(need(ReplicationFormat.body(in), 1).readUnsignedByte());
    Life life = Bytes.readLife(in);
    Leadership entered = Bytes.readLeadership(in);
    Leadership granted = Bytes.readLeadership(in);
    need(in, 41);
    long appliedVersion = in.readLong();
    long lastVersion = in.readLong();
    int flags = in.readByte();
    long leaseLeftNanos = in.readLong();
    Report.Install install = new Report.Install(in.readLong(), in.readInt());
    VersionRanges acknowledged = readRanges(in);
    String nodeId = Bytes.readText(in);
    checkEnd(in);
    return new NodeReport(
        new Report(
            verdict,
            life,
            entered,
            granted,
            appliedVersion,
            lastVersion,
            (flags & 1) != 0,
            (flags & 2) != 0,
            leaseLeftNanos,
            install,
            acknowledged),
        nodeId);
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
      case LEASED -> 4;
      case OTHER_FLOOR -> 5;
      case OTHER_LEASE -> 7;
      case NO_ROOM -> 6;
    };
  }

  private static Report.Verdict verdict(int code) {
    return switch (code) {
      case 0 -> Report.Verdict.ACCEPTED;
      case 1 -> Report.Verdict.OTHER_LIFE;
      case 2 -> Report.Verdict.OTHER_LEADERSHIP;
      case 3 -> Report.Verdict.OTHER_SNAPSHOT;
      case 4 -> Report.Verdict.LEASED;
      case 5 -> Report.Verdict.OTHER_FLOOR;
      case 7 -> Report.Verdict.OTHER_LEASE;
      case 6 -> Report.Verdict.NO_ROOM;
      default -> throw new CorruptedFrameException("replication format: verdict is " + code);
    };
  }
}
