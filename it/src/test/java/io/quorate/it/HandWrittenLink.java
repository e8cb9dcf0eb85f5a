package io.quorate.it;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a follower as its leader does, byte by byte: a second reading of the format that nodes
 * speak with each other.
 *
 * <pre>
 *  hello    u8 6 | i64 epoch | i64 leadership id | i64 incarnation | i64 boot | i64 base | u8 flags | i64 last | i64 confirmed
 *           | i64 tombstone floor | i64 receipt floor | i32 least quorum | i64 lease ns | text id | text url
 *           | i32 write quorum | i64 min delay ns | i64 max delay ns | u16 which of the nodes
 *           | u16 count | text node url ...
 *  append   u8 6 | i64 epoch | i64 leadership id | i64 incarnation | i64 boot | i64 confirmed
 *           | i64 tombstone floor | i32 count | mutation ...
 *  mutation i64 epoch | i64 version | u16 key length | i32 value length, -1: delete | key | value
 *  report   u8 6 | u8 verdict | i64 incarnation | i64 boot | i64 epoch | i64 leadership id
 *           | i64 epoch granted | i64 its leadership id | i64 applied | i64 last | u8 flags
 *           | i64 lease left ns | i64 attempt | i32 next chunk | i32 count
 *           | range acknowledged ... | text id
 *  range    i64 first version | i64 last version
 *  text     u16 length | UTF-8
 * </pre>
 */
final class HandWrittenLink {

  static final int ACCEPTED = 0;
  static final int OTHER_LIFE = 1;
  static final int OTHER_LEADERSHIP = 2;

  private static final int FORMAT = 6;

  /** A put, or a delete where the value is null. */
  record Mutation(long epoch, long version, String key, @Nullable String value) {}

  /** What the follower answers to whatever it is sent. */
  record Report(
      int verdict,
      long incarnation,
      long boot,
      long epoch,
      long leadershipId,
      long appliedVersion,
      long lastVersion,
      List<Long> acknowledged) {}

  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }

  private final NodeClient follower;

  HandWrittenLink(NodeHandle follower) {
    this.follower = follower.client();
  }

  /** Asks who the follower is and whom it follows, and changes nothing. */
  Report ask() {
    return hello(0, 0, 0, 0);
  }

  /** Begins to lead the follower, from nothing. */
  Report hello(long epoch, long leadershipId) {
    Report known = ask();
    return hello(epoch, leadershipId, known.incarnation(), known.boot());
  }

  private Report hello(long epoch, long leadershipId, long incarnation, long boot) {
    return post(
        "hello",
        out -> {
          out.writeLong(epoch);
          out.writeLong(leadershipId);
          out.writeLong(incarnation);
          out.writeLong(boot);
          out.writeLong(0);
          out.writeByte(0);
          out.writeLong(0);
          out.writeLong(0);
          out.writeLong(0);
          out.writeLong(0);
          out.writeInt(1);
          out.writeLong(0);
          out.writeUTF("by-hand");
          out.writeUTF("http://by-hand");
          out.writeInt(1);
          out.writeLong(0);
          out.writeLong(0);
          out.writeShort(0);
          out.writeShort(1);
          out.writeUTF("http://by-hand");
        });
  }

  /** Appends as the leadership, and to the life, that {@code known} tells of. */
  Report append(Report known, Mutation... mutations) {
    return post(
        "append",
        out -> {
          out.writeLong(known.epoch());
          out.writeLong(known.leadershipId());
          out.writeLong(known.incarnation());
          out.writeLong(known.boot());
          out.writeLong(0);
          out.writeLong(0);
          out.writeInt(mutations.length);
          for (Mutation mutation : mutations) {
            write(out, mutation);
          }
        });
  }

  private static void write(DataOutputStream out, Mutation mutation) throws IOException {
    byte[] key = mutation.key().getBytes(StandardCharsets.UTF_8);
    String value = mutation.value();
    out.writeLong(mutation.epoch());
    out.writeLong(mutation.version());
    out.writeShort(key.length);
    if (value == null) {
      out.writeInt(-1);
      out.write(key);
    } else {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(key);
      out.write(bytes);
    }
  }

  private Report post(String request, Body body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      body.write(out);
      Answer answer = follower.post("/v1/replication/" + request, bytes.toByteArray());
      if (answer.status() != 200 && answer.status() != 409) {
        throw new AssertionError(request + " was answered " + answer);
      }
      return read(new DataInputStream(new ByteArrayInputStream(answer.bytes())));
    } catch (IOException notAReport) {
      throw new UncheckedIOException("the answer to " + request, notAReport);
    }
  }

  private static Report read(DataInputStream in) throws IOException {
    int format = in.readUnsignedByte();
    if (format != FORMAT) {
      throw new AssertionError("a report of format " + format);
    }
    int verdict = in.readUnsignedByte();
    long incarnation = in.readLong();
    long boot = in.readLong();
    long epoch = in.readLong();
    long leadershipId = in.readLong();
    in.skipNBytes(2L * Long.BYTES);
    long appliedVersion = in.readLong();
    long lastVersion = in.readLong();
    in.skipNBytes(1 + 2L * Long.BYTES + Integer.BYTES);
    List<Long> acknowledged = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      long first = in.readLong();
      LongStream.rangeClosed(first, in.readLong()).forEach(acknowledged::add);
    }
    in.readUTF();
    if (in.available() != 0) {
      throw new AssertionError(in.available() + " bytes after the end of a report");
    }
    return new Report(
        verdict, incarnation, boot, epoch, leadershipId, appliedVersion, lastVersion, acknowledged);
  }
}
