package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.core.Append;
import io.quorate.core.Hello;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Report;
import io.quorate.core.VersionRanges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the peers of a benchmarked node send it, in the nodes' own format. */
public final class PeerMessages {

  private static final Leadership LEADERSHIP = new Leadership(1, 42);

  private PeerMessages() {}

  /** A leader's whole request that makes a follower follow it. */
  public static ByteBuf hello() {
    ByteBuf body = Unpooled.buffer();
    LeaderCard card =
        new LeaderCard(
            "leader:8080",
            "http://leader:8080",
            new Membership(List.of("http://leader:8080", "http://f0:8080"), 1, 1, 0, 0));
    Hello hello = new Hello(LEADERSHIP, Life.NONE, 0, false, false, 0, 0, 0, 0, 1, 0);
    ReplicationFormat.writeHello(body, new ReplicationFormat.HelloMessage(hello, card));
    return request(ReplicationFormat.HELLO, body);
  }

  /** A leader's whole request with so many puts of 64 bytes, each of another key. */
  public static VersionedBytes append(Life life, int mutations) {
    List<Mutation> batch = puts(VersionedBytes.MARKER, mutations);
    ByteBuf body = Unpooled.buffer();
    ReplicationFormat.writeAppendHead(body, new Append(LEADERSHIP, life, 0, 0, batch));
    Bytes.writeMutations(body, batch);
    return new VersionedBytes(request(ReplicationFormat.APPEND, body), mutations, mutations);
  }

  /** The body of a follower's answer to a batch of so many mutations. */
  static VersionedBytes report(Report like, int mutations) {
    long last = VersionedBytes.MARKER + mutations - 1;
    VersionRanges acknowledged = new VersionRanges().add(VersionedBytes.MARKER, last);
    Report report =
        new Report(like.verdict(), like.life(), like.leadership(), last, last, acknowledged);
    ByteBuf body = Unpooled.buffer();
    ReportFormat.write(body, new ReportFormat.NodeReport(report, "f0:8080"));
    return new VersionedBytes(body, mutations, 4);
  }

  /** So many puts of 64 bytes, each of another key. */
  static List<Mutation> puts(long firstVersion, int mutations) {
    List<Mutation> puts = new ArrayList<>();
    for (int i = 0; i < mutations; i++) {
      puts.add(new Mutation(Key.of("key-" + i), new byte[64], 1, firstVersion + i));
    }
    return puts;
  }

  private static ByteBuf request(String path, ByteBuf body) {
    String head =
        "POST /v1/replication/"
            + path
            + " HTTP/1.1\r\nhost: 127.0.0.1:8080\r\ncontent-type: application/octet-stream"
            + "\r\ncontent-length: "
            + body.readableBytes()
            + "\r\n\r\n";
    return Unpooled.wrappedBuffer(Unpooled.copiedBuffer(head, StandardCharsets.US_ASCII), body);
  }
}
