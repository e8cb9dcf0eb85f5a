package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One write as the client that asked for it knows it. Its value is its own. */
final class ClientWrite implements Waiter {

  final int key;
  final byte @Nullable [] value;
  final int required;
  final long deadlineNanos;

  /** The version that it must have got: one more than the write given before it. */
  final long version;

  private final Oracle oracle;
  @Nullable Answer answer;
  @Nullable Refusal refusal;

  /** Whether its quorum has truly had it, at some time, in the followers' stores. */
  boolean hadQuorum;

  ClientWrite(
      Oracle oracle,
      int key,
      byte @Nullable [] value,
      int required,
      long deadlineNanos,
      long version) {
    this.oracle = oracle;
    this.key = key;
    this.value = value;
    this.required = required;
    this.deadlineNanos = deadlineNanos;
    this.version = version;
  }

  boolean isDelete() {
    return value == null;
  }

  /** Whether the entry is what this write leaves. */
  boolean matches(Entry entry) {
    return entry.version() == version && Arrays.equals(entry.value(), value);
  }

  @Override
  public void answered(Write write, Answer newAnswer) {
    requireFirst(newAnswer.name());
    if (write.version() != version) {
      throw new PromiseBroken(
          Promise.ANSWERS, this + " was answered with version " + write.version());
    }
    answer = newAnswer;
    oracle.onAnswer(this, newAnswer);
  }

  @Override
  public void refused(Refusal newRefusal) {
    requireFirst(newRefusal.toString());
    refusal = newRefusal;
  }

  private void requireFirst(String next) {
    if (answer != null || refusal != null) {
      throw new PromiseBroken(Promise.ANSWERS, this + " was answered again: " + next);
    }
  }

  @Override
  public String toString() {
    return (isDelete() ? "delete" : "put") + " key" + key + " @" + version + " w=" + required;
  }
}
