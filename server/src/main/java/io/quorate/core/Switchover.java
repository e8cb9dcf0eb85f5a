package io.quorate.core;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the leadership to a follower: writes wait, what was given is acknowledged by the follower,
 * it is invited to take over, and the writes are sent to where it leads. Owned by {@link Node}.
 */
final class Switchover {

  /**
   * One that is under way.
   *
   * @param to which follower is to lead
   * @param from the leadership that ends
   * @param startedNanos since when writes wait
   */
  private record Handover(
      int to,
      Leadership from,
      long startedNanos,
      long deadlineNanos,
      Consumer<HandoverOutcome> answer) {}

  private final Roles roles;
  private final NodeState state;
  private final WriteGate gate;
  private final Outbox outbox;
  private @Nullable Handover handover;

  /** Whether the follower, being level, has been asked. */
  private boolean invited;

  Switchover(Roles roles, NodeState state, WriteGate gate, Outbox outbox) {
    this.roles = roles;
    this.state = state;
    this.gate = gate;
    this.outbox = outbox;
  }

  void begin(int to, long deadlineNanos, Consumer<HandoverOutcome> answer, long nowNanos) {
    Leader leading = roles.serving();
    if (handover != null) {
      answer.accept(HandoverOutcome.refused("a switchover is under way"));
    } else if (leading == null) {
      answer.accept(HandoverOutcome.refused(roles.obstacle().orElse("")));
    } else if (!leading.isConnected(to, nowNanos)) {
      answer.accept(HandoverOutcome.refused("the follower is out of reach"));
    } else {
      handover = new Handover(to, state.reign().leadership(), nowNanos, deadlineNanos, answer);
      invited = false;
      gate.close();
      tick(nowNanos);
    }
  }

  void tick(long nowNanos) {
    Handover present = handover;
    if (present == null) {
      return;
    }
    Leader leading = roles.leader();
    if (leading != null
        && !invited
        && leading.isQuiet()
        && leading.isLevel(present.to(), nowNanos)) {
      invited = true;
      outbox.invite(present.to(), present.from());
    }
    if (nowNanos >= present.deadlineNanos()) {
      HandoverOutcome outcome =
          invited
              ? HandoverOutcome.unknown("the follower has not taken over in time, and may yet")
              : HandoverOutcome.refused("the follower could not be brought level in time");
      end(present, outcome, nowNanos);
    }
  }

  /** The follower that was invited to take over will not: this node goes on. */
  void onInviteRefused(long nowNanos) {
    Handover present = handover;
    if (present != null && roles.leader() != null) {
      end(present, HandoverOutcome.refused("the follower did not take over"), nowNanos);
    }
  }

  /** This node follows the leadership, and knows where its leader wants clients. */
  void onFollowing(Leadership leadership, long nowNanos) {
    Handover present = handover;
    if (present != null && leadership.epoch() > present.from().epoch()) {
      end(
          present,
          HandoverOutcome.done(leadership.epoch(), nowNanos - present.startedNanos()),
          nowNanos);
      gate.release(nowNanos);
    }
  }

  private void end(Handover ended, HandoverOutcome outcome, long nowNanos) {
    handover = null;
    gate.open();
    ended.answer().accept(outcome);
    if (outcome.kind() != HandoverOutcome.Kind.DONE) {
      roles.comeBack(nowNanos);
    }
  }
}
