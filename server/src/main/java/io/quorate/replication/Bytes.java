package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;
import io.quorate.core.AttributeBytes;
import io.quorate.core.Attributes;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Mutation;
import io.quorate.core.MutationBytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces that the formats between nodes are made of. Big-endian; every length is checked
 * against what is there before anything is allocated, and a piece that does not fit is a {@link
 * CorruptedFrameException}.
 *
 * <pre>
 *  text       u16 length | UTF-8
 *  leadership i64 epoch | i64 id
 *  life       i64 incarnation | i64 boot
 *  mutation   as {@link MutationBytes} draws it
 *  mutations  i32 count | mutation ...
 * </pre>
 */
final class Bytes {

  private Bytes() {}

  static void writeText(ByteBuf out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0xffff) {
      throw new IllegalArgumentException("text of " + bytes.length + " bytes");
    }
    out.writeShort(bytes.length).writeBytes(bytes);
  }

  static String readText(ByteBuf in) {
    int length = need(in, 2).readUnsignedShort();
    return need(in, length).readString(length, StandardCharsets.UTF_8);
  }

  static void writeLeadership(ByteBuf out, Leadership leadership) {
    out.writeLong(leadership.epoch()).writeLong(leadership.id());
  }

  static Leadership readLeadership(ByteBuf in) {
    need(in, 16);
    return new Leadership(in.readLong(), in.readLong());
  }

  static void writeLife(ByteBuf out, Life life) {
    out.writeLong(life.incarnation()).writeLong(life.boot());
  }

  static Life readLife(ByteBuf in) {
    need(in, 16);
    return new Life(in.readLong(), in.readLong());
  }

  static void writeMutations(ByteBuf out, List<Mutation> mutations) {
    out.writeInt(mutations.size());
    mutations.forEach(mutation -> writeMutation(out, mutation));
  }

  static void writeMutation(ByteBuf out, Mutation mutation) {
    ByteBuffer bytes = ByteBuffer.allocate(MutationBytes.sizeBytes(mutation));
    MutationBytes.write(bytes, 0, mutation);
    out.writeBytes(bytes);
  }

  static List<Mutation> readMutations(ByteBuf in) {
    int count = need(in, 4).readInt();
    check(count >= 0 && count <= in.readableBytes() / MutationBytes.HEADER_BYTES, "count", count);
    List<Mutation> mutations = new ArrayList<>(count);
    int rest = 0;
    for (int i = 0; i < count; i++) {
      Mutation mutation = readMutation(in);
      int follow = mutation.attributes().rest();
      check(follow == rest - 1 || rest == 0, "mutations that follow in a write", follow);
      rest = follow;
      mutations.add(mutation);
    }
    check(rest == 0, "mutations that a write lacks", rest);
    return mutations;
  }

  private static Mutation readMutation(ByteBuf in) {
    need(in, MutationBytes.HEADER_BYTES);
    long epoch = in.readLong();
    long version = in.readLong();
    int keyField = in.readUnsignedShort();
    int keyLength = keyField & ~MutationBytes.WITH_ATTRIBUTES;
    int valueLength = in.readInt();
    check(epoch > 0, "epoch", epoch);
    check(version > 0, "version", version);
    check(keyLength > 0 && keyLength <= Key.MAX_BYTES, "key length", keyLength);
    check(valueLength >= -1, "value length", valueLength);
    Key key = new Key(readBytes(in, keyLength));
    byte[] value = valueLength < 0 ? null : readBytes(in, valueLength);
    return keyField == keyLength
        ? new Mutation(key, value, epoch, version)
        : new Mutation(key, value, epoch, version, readAttributes(in));
  }

  private static Attributes readAttributes(ByteBuf in) {
    int length = need(in, Short.BYTES).readUnsignedShort();
    ByteBuffer bytes = ByteBuffer.wrap(readBytes(in, length));
    try {
      return AttributeBytes.read(bytes, 0, length);
    } catch (BufferUnderflowException | IllegalArgumentException wrong) {
      throw new CorruptedFrameException("replication format: attributes", wrong);
    }
  }

  static byte[] readBytes(ByteBuf in, int length) {
    need(in, length);
    byte[] bytes = new byte[length];
    in.readBytes(bytes);
    return bytes;
  }

  /** Refuses to read on when fewer than {@code bytes} are left. */
  static ByteBuf need(ByteBuf in, long bytes) {
    check(in.readableBytes() >= bytes, "bytes left", in.readableBytes());
    return in;
  }

  static void check(boolean holds, String what, long found) {
    if (!holds) {
      throw new CorruptedFrameException("replication format: " + what + " is " + found);
    }
  }

  /** Refuses bytes after the end. */
  static void checkEnd(ByteBuf in) {
    check(!in.isReadable(), "bytes after the end", in.readableBytes());
  }
}
