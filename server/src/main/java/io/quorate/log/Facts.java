package io.quorate.log;

import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Reign;
import io.quorate.core.Reign.Ancestor;
import io.quorate.core.SnapshotHead;
import io.quorate.core.StateHead;
import io.quorate.core.VersionRanges;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core's records as bytes. Big-endian; a flag is one byte, 0 or 1.
 *
 * <pre>
 *  leadership  epoch i64 | id i64
 *  reign       leadership | base i64 | own flag | unclean flag | ancestors i32 | ancestor ...
 *  ancestor    leadership | through i64
 *  membership  self i32 | write quorum i32 | least delay i64 | largest delay i64 |
 *              urls i32 | url ...
 *  url         bytes i32 | UTF-8
 *  snapshot    leadership | attempt i64 | version i64 | since i64 | tombstone floor i64 | reign
 *  head
 *  state head  reign | granted leadership | last version i64 | applied version i64 |
 *              ranges i32 | range ... | tombstone floor i64 | whole flag |
 *              has membership flag | membership
 *  range       first i64 | last i64
 * </pre>
 */
final class Facts {

  private Facts() {}

  static void write(GrowingBytes out, Leadership leadership) {
    out.i64(leadership.epoch()).i64(leadership.id());
  }

  static Leadership leadership(ByteBuffer in) {
    return new Leadership(in.getLong(), in.getLong());
  }

  static void write(GrowingBytes out, Reign reign) {
    write(out, reign.leadership());
    out.i64(reign.base()).flag(reign.own()).flag(reign.unclean()).i32(reign.ancestors().size());
    for (Ancestor ancestor : reign.ancestors()) {
      write(out, ancestor.leadership());
      out.i64(ancestor.through());
    }
  }

  static Reign reign(ByteBuffer in) {
    Leadership leadership = leadership(in);
    long base = in.getLong();
    boolean own = flag(in);
    boolean unclean = flag(in);
    int count = in.getInt();
    List<Ancestor> ancestors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ancestors.add(new Ancestor(leadership(in), in.getLong()));
    }
    return new Reign(leadership, base, own, unclean, ancestors);
  }

  static void write(GrowingBytes out, Membership membership) {
    out.i32(membership.self()).i32(membership.writeQuorum());
    out.i64(membership.minDelayNanos()).i64(membership.maxDelayNanos());
    out.i32(membership.urls().size());
    for (String url : membership.urls()) {
      byte[] text = url.getBytes(StandardCharsets.UTF_8);
      out.i32(text.length).array(text);
    }
  }

  static Membership membership(ByteBuffer in) {
    int self = in.getInt();
    int writeQuorum = in.getInt();
    long minDelayNanos = in.getLong();
    long maxDelayNanos = in.getLong();
    int count = in.getInt();
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] text = new byte[Math.min(in.getInt(), in.remaining())];
      in.get(text);
      urls.add(new String(text, StandardCharsets.UTF_8));
    }
    return new Membership(urls, self, writeQuorum, minDelayNanos, maxDelayNanos);
  }

  static void write(GrowingBytes out, SnapshotHead head) {
    write(out, head.leadership());
    out.i64(head.attempt()).i64(head.version()).i64(head.since()).i64(head.tombstoneFloor());
    write(out, head.reign());
  }

  static SnapshotHead snapshotHead(ByteBuffer in) {
    return new SnapshotHead(
        leadership(in), in.getLong(), in.getLong(), in.getLong(), in.getLong(), reign(in));
  }

  static void write(GrowingBytes out, StateHead head) {
    write(out, head.reign());
    write(out, head.granted());
    out.i64(head.lastVersion()).i64(head.appliedVersion());
    write(out, head.appliedAbove());
    out.i64(head.tombstoneFloor()).flag(head.whole());
    Membership membership = head.membership();
    out.flag(membership != null);
    if (membership != null) {
      write(out, membership);
    }
  }

  static StateHead stateHead(ByteBuffer in) {
    Reign reign = reign(in);
    Leadership granted = leadership(in);
    long lastVersion = in.getLong();
    long appliedVersion = in.getLong();
    VersionRanges appliedAbove = ranges(in);
    long tombstoneFloor = in.getLong();
    boolean whole = flag(in);
    @Nullable Membership membership = flag(in) ? membership(in) : null;
    return new StateHead(
        reign,
        granted,
        lastVersion,
        appliedVersion,
        appliedAbove,
        tombstoneFloor,
        whole,
        membership);
  }

  private static void write(GrowingBytes out, VersionRanges ranges) {
    out.i32(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      out.i64(ranges.first(i)).i64(ranges.last(i));
    }
  }

  private static VersionRanges ranges(ByteBuffer in) {
    int count = in.getInt();
    VersionRanges ranges = new VersionRanges();
    for (int i = 0; i < count; i++) {
      ranges.add(in.getLong(), in.getLong());
    }
    return ranges;
  }

  private static boolean flag(ByteBuffer in) {
    return in.get() != 0;
  }
}
