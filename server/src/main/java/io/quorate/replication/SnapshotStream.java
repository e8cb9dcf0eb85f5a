package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a snapshot file, made while they are asked for. One reader, whose calls never
 * overlap: it asks for the next part when it has the one before, and closes once, while nothing
 * that it asked for is outstanding. Calls may come from any thread.
 */
public interface SnapshotStream {

  /**
   * The next bytes, whose reader releases them; null after the last. A stage that fails ends the
   * stream: what was given until then is no snapshot.
   */
  CompletionStage<@Nullable ByteBuf> next();

  /** Gives up what the stream holds; after its last part, after a failure, or in between. */
  void close();
}
