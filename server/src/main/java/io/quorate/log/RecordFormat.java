package io.quorate.log;

import io.quorate.core.Journal;
import io.quorate.core.Mutation;
import io.quorate.core.MutationBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that was told to a {@link Journal}, as bytes. Big-endian.
 *
 * <pre>
 *  0             4           5
 *  +-------------+-----------+---------------------------------------------+
 *  | bytes of    | type u8   | body                                        |
 *  | body i32    |           |                                             |
 *  +-------------+-----------+---------------------------------------------+
 *                 1 stored    mutation, as MutationBytes
 *                 2 skipped   version i64
 *                 3 granted   leadership, as Facts
 *                 4 collected tombstone floor i64
 *                 5 install   snapshot head, as Facts
 *                   begun
 *                 6 shown     mutation, as MutationBytes
 *                 7 chunk     number i32
 *                   taken
 *                 8 installed
 *                 9 entered   reign, as Facts
 *                10 member-   membership, as Facts
 *                   ship
 *                11 stored    count i32, then that many mutations, as MutationBytes
 *                   together
 *                12 went in
 *                   place
 * </pre>
 *
 * Records lie in groups, see {@link GroupFormat}, which have the checksum. A record's position is
 * how many bytes of records were told before it since the log began.
 */
final class RecordFormat {

  static final int HEADER_BYTES = 5;

  private static final int TYPE = 4;

  /** What was told. */
  enum Type {
    STORED(1),
    SKIPPED(2),
    GRANTED(3),
    COLLECTED(4),
    INSTALL_BEGUN(5),
    SHOWN(6),
    CHUNK_TAKEN(7),
    INSTALLED(8),
    ENTERED(9),
    MEMBERSHIP(10),
    STORED_TOGETHER(11),
    WENT_IN_PLACE(12);

    private static final Type[] ALL = values();

    private final int code;

    Type(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    private static Type of(int code) {
      for (Type type : ALL) {
        if (type.code == code) {
          return type;
        }
      }
      throw new IllegalArgumentException("type " + code);
    }
  }

  private RecordFormat() {}

  /** How many bytes the record at this place of the buffer takes. */
  static int sizeBytes(ByteBuffer records, int place) {
    return HEADER_BYTES + records.getInt(place);
  }

  /**
   * Tells the record at this place of the buffer.
   *
   * @throws RuntimeException when it is not what {@link RecordWriter} makes
   */
  static void tell(ByteBuffer records, int place, Journal journal) {
    int body = place + HEADER_BYTES;
    ByteBuffer in = records.duplicate().position(body).limit(place + sizeBytes(records, place));
    switch (Type.of(records.get(place + TYPE))) {
      case STORED -> journal.stored(MutationBytes.read(in, body));
      case SKIPPED -> journal.skipped(in.getLong());
      case GRANTED -> journal.granted(Facts.leadership(in));
      case COLLECTED -> journal.collected(in.getLong());
      case INSTALL_BEGUN -> journal.installBegun(Facts.snapshotHead(in));
      case SHOWN -> journal.shown(MutationBytes.read(in, body));
      case CHUNK_TAKEN -> journal.chunkTaken(in.getInt());
      case INSTALLED -> journal.installed();
      case ENTERED -> journal.entered(Facts.reign(in));
      case MEMBERSHIP -> journal.membership(Facts.membership(in));
      case STORED_TOGETHER -> journal.storedTogether(mutations(in));
      case WENT_IN_PLACE -> journal.wentInPlace();
    }
  }

  private static List<Mutation> mutations(ByteBuffer in) {
    List<Mutation> mutations = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      mutations.add(MutationBytes.read(in, in.position()));
      in.position(in.position() + MutationBytes.sizeBytes(in, in.position()));
    }
    return mutations;
  }
}
