package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.quorate.core.Store;
import io.quorate.core.StoreCopy;
import io.quorate.log.SnapshotFile;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's whole state at one version as a snapshot file, made part by part on a thread of its own
 * while writes go on.
 */
final class StateStream implements SnapshotStream {

  /** What the state was when the stream began. */
  record Begun(SnapshotFile.Head head, StoreCopy copy) {}

  private final EventLoop loop;
  private final Background background;
  private final StateMoments moments;
  private final Store store;
  private final Supplier<SnapshotFile.Head> head;
  private final long limitBytes;

  /** Written on the loop, before whoever has it begin is told. */
  private @Nullable Begun begun;

  private SnapshotFile.@Nullable Writer writer;
  private boolean ended;

  /**
   * Holds nothing before it is begun.
   *
   * @param head what the state is, called on the loop, which owns it
   * @param limitBytes of what may change while it is read
   */
  StateStream(
      EventLoop loop,
      Background background,
      StateMoments moments,
      Store store,
      Supplier<SnapshotFile.Head> head,
      long limitBytes) {
    this.loop = loop;
    this.background = background;
    this.moments = moments;
    this.store = store;
    this.head = head;
    this.limitBytes = limitBytes;
  }

  @Override
  public CompletionStage<Boolean> begin(long timeoutNanos) {
    return moments.await(this::beginNow, timeoutNanos);
  }

  private void beginNow() {
    begun = new Begun(head.get(), store.copy(limitBytes));
  }

  @Override
  public CompletionStage<@Nullable ByteBuf> next() {
    Begun state = begun;
    if (state == null) {
      throw new IllegalStateException("the stream has not begun");
    }
    return background.call(() -> part(state));
  }

  private @Nullable ByteBuf part(Begun state) {
    if (ended) {
      return null;
    }
    ByteBuf made = make(state);
    if (state.copy().isOverfull()) {
      made.release();
      throw new BrokenOffException("more was written meanwhile than can be kept beside it");
    }
    return made;
  }

  private ByteBuf make(Begun state) {
    SnapshotFile.Writer writing = writer;
    if (writing == null) {
      writing = new SnapshotFile.Writer(state.head());
      writer = writing;
      return Unpooled.copiedBuffer(writing.bytes());
    }
    while (state.copy().hasNext()) {
      if (writing.add(state.copy().next())) {
        return Unpooled.copiedBuffer(writing.bytes());
      }
    }
    ended = true;
    return Unpooled.copiedBuffer(writing.end(0));
  }

  @Override
  public void close() {
    Begun state = begun;
    if (state != null) {
      loop.execute(() -> store.end(state.copy()));
    }
  }
}
