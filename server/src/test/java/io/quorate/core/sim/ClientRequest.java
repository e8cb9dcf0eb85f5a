package io.quorate.core.sim;

import io.quorate.core.Change;
import io.quorate.core.Mutation;
import io.quorate.core.Receipt;
import io.quorate.core.Refusal;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request for a write as the client that makes it knows it; a repeat is a request of its own.
 */
final class ClientRequest implements Waiter {

  final List<Change> changes;

  /** With what it is marked; null where it is not to be repeated. */
  final WriteRequest.@Nullable Once once;

  final int required;

  /** By the clock of the node that was asked. */
  final long deadlineNanos;

  final SimNode node;

  /** Which process of it. */
  final int boot;

  /** On the timeline. */
  final long askedNanos;

  private final Oracle oracle;

  /**
   * What it was given; null until it is seen to be. Of one that is marked, what it was answered
   * with, which may have been given to another.
   */
  @Nullable ClientWrite given;

  @Nullable Answer answer;
  @Nullable Refusal refusal;

  ClientRequest(
      SimWorld world,
      SimNode node,
      List<Change> changes,
      WriteRequest.@Nullable Once once,
      int required,
      long deadlineNanos) {
    this.oracle = world.oracle;
    this.node = node;
    this.boot = node.boot();
    this.changes = changes;
    this.once = once;
    this.required = required;
    this.deadlineNanos = deadlineNanos;
    this.askedNanos = world.timeline.nowNanos();
  }

  WriteRequest asked() {
    return new WriteRequest(changes, once, required, deadlineNanos, this);
  }

  boolean isOver() {
    return answer != null || refusal != null;
  }

  /** Whether these mutations of one write are what it asks for. */
  boolean asksFor(List<Mutation> mutations, int quorum, @Nullable Receipt receipt) {
    if (quorum != required || mutations.size() != changes.size()) {
      return false;
    }
    if (once == null || receipt == null) {
      return once == null && receipt == null && asksFor(mutations);
    }
    return receipt.id().equals(once.id())
        && receipt.payload().equals(once.payload())
        && asksFor(mutations);
  }

  private boolean asksFor(List<Mutation> mutations) {
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      Mutation mutation = mutations.get(i);
      if (!change.key().equals(mutation.key())
          || !Arrays.equals(change.value(), mutation.value())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void answered(Write write, Answer newAnswer) {
    requireFirst(newAnswer.name());
    oracle.noticeGiven(node);
    answer = newAnswer;
    if (newAnswer == Answer.CONFIRMED && write.acknowledgements() < write.required()) {
      throw new PromiseBroken(
          Promise.ANSWERS, this + " confirmed with " + write.acknowledgements());
    }
    Token token = write.last().token();
    ClientWrite known = given;
    if (once != null) {
      node.asked.remove(this);
      given = oracle.repeats.answered(this, token, newAnswer);
    } else if (known == null || !known.last().token.equals(token)) {
      throw new PromiseBroken(Promise.ANSWERS, this + " was answered with version " + token);
    }
    oracle.onAnswer(this, newAnswer);
  }

  @Override
  public void refused(Refusal newRefusal) {
    requireFirst(newRefusal.toString());
    oracle.noticeGiven(node);
    refusal = newRefusal;
    node.asked.remove(this);
    oracle.onRefused(this, newRefusal);
  }

  private void requireFirst(String next) {
    if (isOver()) {
      throw new PromiseBroken(Promise.ANSWERS, this + " was answered again: " + next);
    }
  }

  @Override
  public String toString() {
    String mark = once == null ? "" : " marked " + once.id() + "/" + once.payload().high();
    return changes.stream()
            .map(change -> (change.value() == null ? "-" : "+") + change.key())
            .toList()
        + " w="
        + required
        + mark
        + (given == null ? "" : ", given " + given);
  }
}
