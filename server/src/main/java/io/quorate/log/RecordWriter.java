package io.quorate.log;

import io.quorate.core.Journal;
import io.quorate.core.Leadership;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Reign;
import io.quorate.core.SnapshotHead;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes a record, see {@link RecordFormat}, of each thing that is told. One thread at a time. */
final class RecordWriter implements Journal {

  /** Memory that an empty one keeps. */
  private static final int KEPT_BYTES = 1 << 20;

  private static final int FIRST_BYTES = 16 << 10;

  private final GrowingBytes out;

  /** Place of the record that is being written. */
  private int began;

  /** Of records that take as a rule no more than the limit. */
  RecordWriter(int limitBytes) {
    this.out = new GrowingBytes(FIRST_BYTES, limitBytes);
  }

  int size() {
    return out.size();
  }

  ByteBuffer records() {
    return out.written();
  }

  void clear() {
    out.clear(KEPT_BYTES);
  }

  @Override
  public void stored(Mutation mutation) {
    begin(RecordFormat.Type.STORED).mutation(mutation);
    end();
  }

  @Override
  public void storedTogether(List<Mutation> write) {
    GrowingBytes record = begin(RecordFormat.Type.STORED_TOGETHER).i32(write.size());
    write.forEach(record::mutation);
    end();
  }

  @Override
  public void skipped(long version) {
    begin(RecordFormat.Type.SKIPPED).i64(version);
    end();
  }

  @Override
  public void granted(Leadership leadership) {
    Facts.write(begin(RecordFormat.Type.GRANTED), leadership);
    end();
  }

  @Override
  public void collected(long tombstoneFloor) {
    begin(RecordFormat.Type.COLLECTED).i64(tombstoneFloor);
    end();
  }

  @Override
  public void installBegun(SnapshotHead head) {
    Facts.write(begin(RecordFormat.Type.INSTALL_BEGUN), head);
    end();
  }

  @Override
  public void shown(Mutation mutation) {
    begin(RecordFormat.Type.SHOWN).mutation(mutation);
    end();
  }

  @Override
  public void wentInPlace() {
    begin(RecordFormat.Type.WENT_IN_PLACE);
    end();
  }

  @Override
  public void chunkTaken(int number) {
    begin(RecordFormat.Type.CHUNK_TAKEN).i32(number);
    end();
  }

  @Override
  public void installed() {
    begin(RecordFormat.Type.INSTALLED);
    end();
  }

  @Override
  public void entered(Reign reign) {
    Facts.write(begin(RecordFormat.Type.ENTERED), reign);
    end();
  }

  @Override
  public void membership(Membership membership) {
    Facts.write(begin(RecordFormat.Type.MEMBERSHIP), membership);
    end();
  }

  private GrowingBytes begin(RecordFormat.Type type) {
    began = out.size();
    return out.i32(0).u8(type.code());
  }

  private void end() {
    out.i32At(began, out.size() - began - RecordFormat.HEADER_BYTES);
  }
}
