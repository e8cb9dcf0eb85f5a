package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.quorate.core.Mutation;
import io.quorate.log.CorruptionException;
import io.quorate.log.SnapshotFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The bytes of a snapshot as they were received. */
final class SnapshotBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** What the reader made of them. */
  record Read(SnapshotFile.Summary summary, List<Mutation> entries) {}

  /** All that the stream gives, which is begun and closed at its end. */
  static SnapshotBytes of(SnapshotStream stream) {
    if (!ThreeNodes.join(stream.begin(ThreeNodes.TIMEOUT_NANOS))) {
      throw new AssertionError("there was no state at one version in time");
    }
    return rest(stream);
  }

  /** The same of a stream that has begun. */
  static SnapshotBytes rest(SnapshotStream stream) {
    SnapshotBytes all = new SnapshotBytes();
    for (ByteBuf part = part(stream.next()); part != null; part = part(stream.next())) {
      all.add(taken(part));
    }
    stream.close();
    return all;
  }

  private static @Nullable ByteBuf part(CompletionStage<@Nullable ByteBuf> asked) {
    return ThreeNodes.join(asked);
  }

  /** The bytes of a part, which is released. */
  static byte[] taken(@Nullable ByteBuf part) {
    ByteBuf there = Objects.requireNonNull(part, "the stream has ended");
    byte[] bytes = Bytes.readBytes(there, there.readableBytes());
    there.release();
    return bytes;
  }

  void add(byte @Nullable [] part) {
    bytes.writeBytes(Objects.requireNonNull(part, "the stream has ended"));
  }

  int size() {
    return bytes.size();
  }

  byte[] array() {
    return bytes.toByteArray();
  }

  /** The same, but for one bit of this byte. */
  SnapshotBytes flipped(int place) {
    byte[] altered = array();
    altered[place] ^= 4;
    SnapshotBytes flipped = new SnapshotBytes();
    flipped.add(altered);
    return flipped;
  }

  /** As a node reads them that is made from them. */
  Read read() throws CorruptionException, IOException {
    List<Mutation> entries = new ArrayList<>();
    SnapshotFile.Summary summary =
        SnapshotFile.read(
            "received",
            Channels.newChannel(new ByteArrayInputStream(array())),
            new SnapshotFile.Visitor() {
              @Override
              public void head(SnapshotFile.Head head) {}

              @Override
              public void held(Mutation mutation) {
                entries.add(mutation);
              }
            });
    return new Read(summary, entries);
  }
}
