package io.quorate.core.sim;

import io.quorate.core.Condition;
import io.quorate.core.Entry;
import io.quorate.core.Refusal;
import io.quorate.core.Token;
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
  final Condition condition;

  /** By the clock of the node that was asked. */
  final long deadlineNanos;

  final SimNode node;

  /** Which process of it. */
  final int boot;

  private final Oracle oracle;

  /** {@link Token#NONE} until it is seen to have one. */
  Token token = Token.NONE;

  /** Whose write it is; null until it has its version. */
  @Nullable Ledger ledger;

  @Nullable Answer answer;
  @Nullable Refusal refusal;

  /** Whether its quorum has truly had it, at some time, in the followers' stores. */
  boolean hadQuorum;

  ClientWrite(
      Oracle oracle,
      SimNode node,
      int key,
      byte @Nullable [] value,
      Condition condition,
      int required,
      long deadlineNanos) {
    this.oracle = oracle;
    this.node = node;
    this.boot = node.boot();
    this.key = key;
    this.value = value;
    this.condition = condition;
    this.required = required;
    this.deadlineNanos = deadlineNanos;
  }

  boolean isDelete() {
    return value == null;
  }

  /** Whether the entry is what this write leaves. */
  boolean matches(Entry entry) {
    return entry.token().equals(token) && Arrays.equals(entry.value(), value);
  }

  /** Whether the entry is this write or newer. */
  boolean isIn(Entry entry) {
    return entry.token().compareTo(token) >= 0;
  }

  @Override
  public void answered(Write write, Answer newAnswer) {
    requireFirst(newAnswer.name());
    oracle.noticeGiven(node);
    if (!write.last().token().equals(token)) {
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
    node.asked.remove(this);
    oracle.onRefused(this, newRefusal);
  }

  private void requireFirst(String next) {
    if (answer != null || refusal != null) {
      throw new PromiseBroken(Promise.ANSWERS, this + " was answered again: " + next);
    }
  }

  @Override
  public String toString() {
    return (isDelete() ? "delete" : "put") + " key" + key + " @" + token + " w=" + required;
  }
}
