package io.quorate.replication;

import static io.quorate.replication.Bytes.check;
import static io.quorate.replication.Bytes.checkEnd;
import static io.quorate.replication.Bytes.need;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Append;
import io.quorate.core.GrantRequest;
import io.quorate.core.Hello;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Pull;
import io.quorate.core.Reign;
import io.quorate.core.SnapshotChunk;
import io.quorate.core.SnapshotHead;
import java.util.ArrayList;
import java.util.List;

/**
 * The bodies of {@code POST /v1/replication/...} and of their answers, in the pieces of {@link
 * Bytes} and {@link ReportFormat}. Each begins with one byte, {@link #FORMAT}; another value is
 * refused, and so is anything too short or too long.
 *
 * <pre>
 *  hello     u8 format | leadership | life | i64 base | u8 flags (1 granted, 2 unclean)
 *            | i64 last version | i64 confirmed version | i64 tombstone floor | i64 receipt floor
 *            | i32 least quorum | i64 lease ns | text leader id | text leader url | i32 write quorum
 *            | i64 min delay ns | i64 max delay ns
 *            | u16 which of the nodes this is | u16 count | text node url ...
 *
 *  append    u8 format | leadership | life | i64 confirmed version | i64 tombstone floor | mutations
 *
 *  snapshot  u8 format | snapshot head | life | i32 number | u8 last | mutations
 *  pulled    the same, or nothing where the node does not send what it holds
 *
 *  grant     u8 format | leadership of the candidate | leadership released | u8 force | i32 least quorum
 *            | i64 lease ns
 *
 *  pull      u8 format | leadership of the candidate | life | i64 attempt | i32 number | i64 since
 *
 *  invite    u8 format | leadership that ends
 *
 *  head      leadership | i64 attempt | i64 version | i64 since | i64 tombstone floor
 *            | u8 shows every write | reign
 *  reign     leadership | i64 base | u8 flags (1 own, 2 unclean) | u8 count | ancestor ...
 *  ancestor  leadership | i64 through
 * </pre>
 */
public final class ReplicationFormat {

  static final int FORMAT = 6;

  /** Of an append, all before its mutations. */
  static final int APPEND_HEAD_BYTES = 49;

  static final String HELLO = "hello";
  static final String APPEND = "append";
  static final String SNAPSHOT = "snapshot";
  static final String GRANT = "grant";
  static final String PULL = "pull";
  static final String INVITE = "invite";

  private ReplicationFormat() {}

  /** A hello and the leader's card. */
  record HelloMessage(Hello hello, LeaderCard card) {}

  static void writeHello(ByteBuf out, HelloMessage message) {
    Hello hello = message.hello();
    LeaderCard card = message.card();
    Membership members = card.members();
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, hello.leadership());
    Bytes.writeLife(out, hello.life());
    out.writeLong(hello.base());
    out.writeByte(flags(hello.granted(), hello.unclean()));
    out.writeLong(hello.lastVersion()).writeLong(hello.confirmedVersion());
    out.writeLong(hello.tombstoneFloor()).writeLong(hello.receiptFloor());
    out.writeInt(hello.leastQuorum());
    out.writeLong(hello.leaseNanos());
    Bytes.writeText(out, card.id());
    Bytes.writeText(out, card.url());
    out.writeInt(members.writeQuorum());
    out.writeLong(members.minDelayNanos()).writeLong(members.maxDelayNanos());
    out.writeShort(members.self()).writeShort(members.urls().size());
    members.urls().forEach(url -> Bytes.writeText(out, url));
  }

  private static int flags(boolean first, boolean second) {
    return (first ? 1 : 0) | (second ? 2 : 0);
  }

  static HelloMessage readHello(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(body(in));
    Life life = Bytes.readLife(in);
    need(in, 53);
    long base = in.readLong();
    int flags = in.readByte();
    Hello hello =
        new Hello(
            leadership,
            life,
            base,
            (flags & 1) != 0,
            (flags & 2) != 0,
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readInt(),
            in.readLong());
    String id = Bytes.readText(in);
    String url = Bytes.readText(in);
    need(in, 24);
    int writeQuorum = in.readInt();
    long minDelayNanos = in.readLong();
    long maxDelayNanos = in.readLong();
    int self = in.readUnsignedShort();
    List<String> urls = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      urls.add(Bytes.readText(in));
    }
    check(self < urls.size(), "which of the nodes", self);
    checkEnd(in);
    return new HelloMessage(
        hello,
        new LeaderCard(
            id, url, new Membership(urls, self, writeQuorum, minDelayNanos, maxDelayNanos)));
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
    writeHead(out, chunk.head());
    Bytes.writeLife(out, chunk.life());
    out.writeInt(chunk.number()).writeByte(chunk.last() ? 1 : 0);
    Bytes.writeMutations(out, chunk.mutations());
  }

  private static void writeHead(ByteBuf out, SnapshotHead head) {
    Bytes.writeLeadership(out, head.leadership());
    out.writeLong(head.attempt()).writeLong(head.version()).writeLong(head.since());
    out.writeLong(head.tombstoneFloor()).writeByte(head.everyWrite() ? 1 : 0);
    Reign reign = head.reign();
    Bytes.writeLeadership(out, reign.leadership());
    out.writeLong(reign.base()).writeByte(flags(reign.own(), reign.unclean()));
    out.writeByte(reign.ancestors().size());
    for (Reign.Ancestor ancestor : reign.ancestors()) {
      Bytes.writeLeadership(out, ancestor.leadership());
      out.writeLong(ancestor.through());
    }
  }

  static SnapshotChunk readSnapshot(ByteBuf in) {
    SnapshotHead head = readHead(body(in));
    Life life = Bytes.readLife(in);
    need(in, 5);
    int number = in.readInt();
    boolean last = in.readByte() != 0;
    SnapshotChunk chunk = new SnapshotChunk(head, life, number, last, Bytes.readMutations(in));
    checkEnd(in);
    return chunk;
  }

  private static SnapshotHead readHead(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(in);
    need(in, 33);
    long attempt = in.readLong();
    long version = in.readLong();
    long since = in.readLong();
    long tombstoneFloor = in.readLong();
    boolean everyWrite = in.readByte() != 0;
    return new SnapshotHead(
        leadership, attempt, version, since, tombstoneFloor, readReign(in), everyWrite);
  }

  private static Reign readReign(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(in);
    need(in, 10);
    long base = in.readLong();
    int flags = in.readByte();
    int count = in.readUnsignedByte();
    check(count <= Reign.MOST_ANCESTORS, "ancestors", count);
    List<Reign.Ancestor> ancestors = new ArrayList<>();
    for (int left = count; left > 0; left--) {
      Leadership ancestor = Bytes.readLeadership(in);
      ancestors.add(new Reign.Ancestor(ancestor, need(in, 8).readLong()));
    }
    return new Reign(leadership, base, (flags & 1) != 0, (flags & 2) != 0, ancestors);
  }

  static void writeGrant(ByteBuf out, GrantRequest request) {
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, request.candidate());
    Bytes.writeLeadership(out, request.released());
    out.writeByte(request.force() ? 1 : 0).writeInt(request.leastQuorum());
    out.writeLong(request.leaseNanos());
  }

  static GrantRequest readGrant(ByteBuf in) {
    Leadership candidate = Bytes.readLeadership(body(in));
    Leadership released = Bytes.readLeadership(in);
    need(in, 13);
    boolean force = in.readByte() != 0;
    GrantRequest request =
        new GrantRequest(candidate, released, force, in.readInt(), in.readLong());
    checkEnd(in);
    return request;
  }

  static void writePull(ByteBuf out, Pull pull) {
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, pull.leadership());
    Bytes.writeLife(out, pull.life());
    out.writeLong(pull.attempt()).writeInt(pull.number()).writeLong(pull.since());
  }

  static Pull readPull(ByteBuf in) {
    Leadership leadership = Bytes.readLeadership(body(in));
    Life life = Bytes.readLife(in);
    need(in, 20);
    Pull pull = new Pull(leadership, life, in.readLong(), in.readInt(), in.readLong());
    checkEnd(in);
    return pull;
  }

  static void writeInvite(ByteBuf out, Leadership ending) {
    out.writeByte(FORMAT);
    Bytes.writeLeadership(out, ending);
  }

  static Leadership readInvite(ByteBuf in) {
    Leadership ending = Bytes.readLeadership(body(in));
    checkEnd(in);
    return ending;
  }

  /** What follows the byte that names the format. */
  static ByteBuf body(ByteBuf in) {
    int format = need(in, 1).readUnsignedByte();
    check(format == FORMAT, "format", format);
    return in;
  }
}
