package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a snapshot file, made while they are asked for. One reader, whose calls never
 * overlap: it has it begin, asks for the next part when it has the one before, and closes once,
 * while nothing that it asked for is outstanding. Calls may come from any thread.
 */
public interface SnapshotStream {

  /**
   * Begins with what the node holds at a moment at which that is a state at one version, and waits
   * for such a moment; false when none came in time: then there is nothing to ask for. Called
   * first, and once.
   */
  CompletionStage<Boolean> begin(long timeoutNanos);

  /**
   * The next bytes, whose reader releases them; null after the last. A stage that fails ends the
   * stream: what was given until then is no snapshot.
   */
  CompletionStage<@Nullable ByteBuf> next();

  /** Gives up what the stream holds; after its last part, after a failure, or in between. */
  void close();
}
