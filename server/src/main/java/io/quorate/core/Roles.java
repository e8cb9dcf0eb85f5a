package io.quorate.core;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which role a node has: it follows, asks to lead, or leads. Owned by {@link Node}.
 *
 * <pre>
 *   FOLLOWS ----- stand -----> ASKS ----- enough grants -----> LEADS
 *      ^                        |                                |
 *      +------- in vain --------+                                |
 *      +------------ a later epoch was granted ------------------+
 * </pre>
 */
final class Roles {

  /** So many link timeouts after it gave way it asks to lead again, if nobody leads by then. */
  private static final int RETURN_TIMEOUTS = 12;

  private final Node.Terms terms;
  private final NodeState state;
  private final RoleMaker maker;
  private final Outbox outbox;
  private final Runnable changed;
  private @Nullable Leader leader;
  private @Nullable Candidacy candidacy;
  private @Nullable Promotion promotion;

  /** Whether it asks to lead again by itself, as one that led last does. */
  private boolean comesBack;

  /** When to ask again. */
  private long nextCandidacyNanos;

  /** Since when it has led. */
  private long leadsSinceNanos;

  private boolean stopped;

  /**
   * @param changed told whenever it began or ceased to lead, or to ask to
   */
  Roles(Node.Terms terms, NodeState state, RoleMaker maker, Outbox outbox, Runnable changed) {
    this.terms = terms;
    this.state = state;
    this.maker = maker;
    this.outbox = outbox;
    this.changed = changed;
  }

  /** Begins to lead, to ask to, or to follow. What was kept outranks what is configured. */
  void start(long nowNanos) {
    Membership configured = terms.configured();
    boolean roleIsKept = !state.isBlank() && state.membership() != null;
    boolean led = roleIsKept ? state.reign().own() : configured != null;
    if (configured != null && !terms.durable()) {
      leader = maker.inMemory(configured, nowNanos);
      changed.run();
    } else if (led) {
      if (configured != null) {
        state.member(configured);
      }
      comesBack = state.membership() != null;
      nextCandidacyNanos = nowNanos;
    }
  }

  void tick(long nowNanos) {
    if (leader != null) {
      leader.tick(nowNanos);
      afterLeading(nowNanos);
    } else if (candidacy != null) {
      candidacy.tick(nowNanos);
      afterCandidacy(nowNanos);
    } else if (comesBack && nowNanos >= nextCandidacyNanos) {
      stand(true, false, nowNanos);
    }
    Promotion asked = promotion;
    if (asked != null && nowNanos >= asked.deadlineNanos()) {
      endPromotion(asked, nowNanos);
    }
  }

  void put(WriteRequest asked, long nowNanos) {
    Leader leading = leader;
    if (leading == null) {
      asked
          .waiter()
          .refused(new Refusal(Refusal.Kind.NOT_LEADING, obstacle().orElse("not leading")));
    } else {
      leading.put(asked, nowNanos);
    }
  }

  /** Something was done as leader: it may begin to serve, or have to give way. */
  void afterLeading(long nowNanos) {
    Leader leading = leader;
    if (leading == null) {
      return;
    }
    if (leading.terms().granted() && leading.newer() != null) {
      stepDown(nowNanos);
    } else if (leading.obstacle().isEmpty()) {
      answerPromotion(PromotionOutcome.done(state.reign()));
    }
  }

  private void answerPromotion(PromotionOutcome outcome) {
    Promotion asked = promotion;
    if (asked != null) {
      promotion = null;
      asked.answer().accept(outcome);
    }
  }

  /** Asks to lead, of its own accord or because the leader wants it to. */
  private void stand(boolean automatic, boolean force, long nowNanos) {
    Candidacy standing = maker.candidacy(automatic, force, nowNanos);
    if (standing == null) {
      return;
    }
    candidacy = standing;
    changed.run();
    standing.tick(nowNanos);
    afterCandidacy(nowNanos);
  }

  /** Something was done as candidate: it may have won, or lost. */
  void afterCandidacy(long nowNanos) {
    Candidacy standing = candidacy;
    if (standing == null) {
      return;
    }
    switch (standing.stage()) {
      case ASKING, GRANTING, TAKING, SETTLING -> {}
      case WON -> lead(standing, nowNanos);
      case LOST -> {
        candidacy = null;
        outbox.close();
        comesBack = (standing.isAutomatic() || comesBack) && !standing.isReplaced();
        nextCandidacyNanos =
            Math.max(nextCandidacyNanos, nowNanos + terms.limits().linkTimeoutNanos());
        answerPromotion(
            PromotionOutcome.refused(standing.reason(), standing.grants(), standing.needed()));
        changed.run();
      }
    }
  }

  private void lead(Candidacy won, long nowNanos) {
    candidacy = null;
    comesBack = true;
    leadsSinceNanos = nowNanos;
    leader = maker.leader(won, nowNanos);
    changed.run();
    leader.tick(nowNanos);
    afterLeading(nowNanos);
  }

  /** Ceases to lead: whoever waits for a write is told that its outcome is unknown. */
  void stepDown(long nowNanos) {
    Leader leading = leader;
    if (leading != null) {
      leader = null;
      comesBack = true;
      nextCandidacyNanos = nowNanos + RETURN_TIMEOUTS * terms.limits().linkTimeoutNanos();
      outbox.close();
      // Told before the store ceases to show what was confirmed: whoever reads it for this leader,
      // on another thread, is to learn in time that what he sees is of no leader.
      changed.run();
      leading.stop();
    }
  }

  void promote(
      boolean force, long deadlineNanos, Consumer<PromotionOutcome> answer, long nowNanos) {
    String obstacle = promotionObstacle(force);
    if (obstacle != null) {
      answer.accept(PromotionOutcome.refused(obstacle, 0, 0));
      return;
    }
    stepDown(nowNanos);
    promotion = new Promotion(deadlineNanos, answer);
    stand(false, force, nowNanos);
  }

  private @Nullable String promotionObstacle(boolean force) {
    if (leader != null && leader.isWon() && !(force && leader.lacksFollowers())) {
      return "this node leads already";
    }
    if (promotion != null || (candidacy != null && !candidacy.isAutomatic())) {
      return "a promotion of this node is under way";
    }
    return state.membership() == null
        ? "no leader has told this node which nodes its cluster has"
        : null;
  }

  private void endPromotion(Promotion asked, long nowNanos) {
    promotion = null;
    Candidacy standing = candidacy;
    String reason = obstacle().orElse("");
    if (standing != null) {
      reason = standing.reason();
      standing.giveUp(reason);
      afterCandidacy(nowNanos);
    }
    asked.answer().accept(PromotionOutcome.timedOut(reason));
  }

  /** The leader wants this node, a follower, to take over. */
  void onInvited(long nowNanos) {
    if (promotion == null && candidacy == null) {
      stand(false, false, nowNanos);
    }
  }

  /** It gave its leadership away, and nobody took it: it asks to lead again. */
  void comeBack(long nowNanos) {
    if (leader == null && candidacy == null) {
      stand(true, false, nowNanos);
    }
  }

  /** This node follows the leadership now. */
  void onFollowing(Leadership leadership, long nowNanos) {
    comesBack = false;
    Candidacy standing = candidacy;
    if (standing != null && (standing.isAutomatic() || standing.isBehind(leadership))) {
      standing.giveUp("epoch " + leadership.epoch() + " has begun");
      afterCandidacy(nowNanos);
      comesBack = false;
    }
  }

  /** This node has granted an epoch, perhaps to another than itself. */
  void onGranted(long nowNanos) {
    Candidacy standing = candidacy;
    if (standing != null && standing.isBehind(state.granted()) && !standing.is(state.granted())) {
      standing.giveUp("this node has granted epoch " + state.granted().epoch() + " to another");
      afterCandidacy(nowNanos);
    }
  }

  void stop() {
    stopped = true;
    if (leader != null) {
      leader.stop();
    }
    outbox.close();
  }

  boolean isStopped() {
    return stopped;
  }

  /** The leader that this node is, won or not; null while it is none. */
  @Nullable Leader leader() {
    return leader;
  }

  /** The leader that this node is if it serves; else null. */
  @Nullable Leader serving() {
    return leader != null && leader.obstacle().isEmpty() ? leader : null;
  }

  @Nullable Candidacy candidacy() {
    return candidacy;
  }

  /**
   * Whether the leadership is won and not served yet, or so new that the followers which a write
   * asks for may still be on their way to it.
   */
  boolean isTaking(int required, long nowNanos) {
    Leader leading = leader;
    if (stopped || leading == null || !leading.isWon()) {
      return false;
    }
    boolean isNew =
        leading.terms().granted() && nowNanos - leadsSinceNanos < terms.limits().linkTimeoutNanos();
    return leading.obstacle().isPresent()
        || (isNew && leading.connected(nowNanos) < Math.min(required, leading.size()));
  }

  /** Whether it means to lead: it does, asks to, or will ask again. */
  boolean standsToLead() {
    return leader != null || (candidacy != null && candidacy.isAutomatic()) || comesBack;
  }

  /** Why it does not lead, or does not serve yet; empty when it does. */
  Optional<String> obstacle() {
    if (stopped) {
      return Optional.of("this node is stopping");
    }
    if (leader != null) {
      return leader.obstacle();
    }
    if (candidacy != null) {
      return Optional.of("this node asks to lead: " + candidacy.reason());
    }
    return Optional.of("this node does not lead");
  }
}
