package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer that are made while they are asked for. One reader, whose calls never
 * overlap: it asks for the next part when it has the one before, and closes once, while nothing
 * that it asked for is outstanding. Calls may come from any thread.
 */
public interface BodyParts {

  /**
   * The next bytes, whose reader releases them; null after the last. A stage that fails ends the
   * body: what was given until then is not all of it. It fails with {@link BrokenOffException}
   * where nothing is wrong with this node.
   */
  CompletionStage<@Nullable ByteBuf> next();

  /** Gives up what it holds; after its last part, after a failure, or in between. */
  void close();

  /**
   * Whether it goes on for as long as its client likes. Its connection then holds as little as can
   * be, for it may hold that for long.
   */
  default boolean isEndless() {
    return false;
  }

  /** The node stops: a body without an end is to come to one. May be called at any time. */
  default void finish() {}

  /** Nobody takes what is outstanding: it may end at once, with whatever. */
  default void giveUp() {}
}
