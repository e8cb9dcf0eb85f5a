package io.quorate.it;

import io.quorate.it.history.History;
import io.quorate.it.history.Operation.Outcome;
import io.quorate.it.history.Token;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client that writes and records how each write went, also when no answer comes. */
final class Writer {

  /** Longer than a write's own time limit: a node that runs answers within it. */
  private static final Duration LIMIT = Duration.ofSeconds(8);

  private final Writable node;
  private final History history;

  Writer(Writable node, History history) {
    this.node = node.within(LIMIT);
    this.history = history;
  }

  /**
   * @param value none that was put to this key before
   */
  Written put(String key, String value, String query) {
    return record(key, value, () -> node.put(key, value, query));
  }

  Written delete(String key, String query) {
    return record(key, null, () -> node.delete(key, query));
  }

  private Written record(String key, @Nullable String value, Supplier<Written> write) {
    long invokedNanos = history.now();
    Written answer;
    try {
      answer = write.get();
    } catch (UncheckedIOException unanswered) {
      boolean sent = !(unanswered.getCause() instanceof ConnectException);
      answer = sent ? Written.unanswered() : Written.unsent();
    }
    Outcome outcome = outcome(answer);
    boolean given = answer.version() > 0 && outcome != Outcome.NOT_APPLIED;
    Token token = given ? new Token(answer.epoch(), answer.version()) : null;
    history.write(invokedNanos, node.url(), key, value, outcome, token);
    return answer;
  }

  private static Outcome outcome(Written answer) {
    if (answer.status() == 200) {
      return Outcome.OK;
    }
    return answer.outcome().equals("not_applied") ? Outcome.NOT_APPLIED : Outcome.UNKNOWN;
  }
}
