package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Mutation;
import io.quorate.core.NodeState;
import io.quorate.core.Receipt;
import io.quorate.core.Refusal;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import io.quorate.core.WriteRequest;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write that its client marked is carried out once, however often it is asked for, as long as its
 * receipt is to be kept, in each leadership that holds it; a repeat is answered with it.
 */
final class RepeatCheck {

  private record Given(ClientWrite last, Receipt receipt, long atNanos) {}

  private final SimWorld world;
  private final Oracle oracle;

  /** The newest first: in memory two leaderships may give the same token. */
  private final Map<String, List<Given>> byId = new HashMap<>();

  RepeatCheck(SimWorld world, Oracle oracle) {
    this.world = world;
    this.oracle = oracle;
  }

  private List<Given> of(String id) {
    return byId.computeIfAbsent(id, first -> new ArrayList<>());
  }

  /**
   * Whether no node may have forgotten it yet, whatever wall clocks show and however fast it is.
   */
  private boolean isKept(Given given) {
    double fastNanos = (world.timeline.nowNanos() - given.atNanos()) * (1 + Plan.MOST_RATE);
    return fastNanos + Plan.MILLI < world.plan.limits().receiptMillis() * Plan.MILLI;
  }

  /** A marked write was given. */
  void given(Ledger ledger, ClientWrite last, Receipt receipt) {
    for (Given earlier : of(receipt.id())) {
      if (isKept(earlier) && ledger.holds(earlier.last())) {
        throw new PromiseBroken(
            Promise.ONCE, last + " repeats " + earlier.last() + ", as " + receipt.id());
      }
    }
    if (!of(receipt.id()).isEmpty()) {
      world.tally.note(Happening.REPEATED_ANEW);
    }
    if (receipt.givenMillis() != ledger.millis() || receipt.writes() != last.together.size()) {
      throw new PromiseBroken(Promise.ONCE, last + " at " + ledger.millis() + ": " + receipt);
    }
    int kept = receipts(ledger.leader.node().state()).size();
    if (kept > world.plan.limits().receipts()) {
      throw new PromiseBroken(Promise.LIMITS, kept + " receipts kept with that of " + last);
    }
    of(receipt.id()).add(0, new Given(last, receipt, world.timeline.nowNanos()));
  }

  /**
   * A marked request was answered.
   *
   * @return the write with whose version it was
   */
  ClientWrite answered(ClientRequest request, Token token, Waiter.Answer answer) {
    WriteRequest.Once once = request.once;
    for (Given given : once == null ? List.<Given>of() : of(once.id())) {
      if (given.last().token.equals(token)) {
        if (once == null || !given.receipt().payload().equals(once.payload())) {
          throw new PromiseBroken(
              Promise.ONCE, request + " answered with another's: " + given.last());
        }
        Ledger ledger = oracle.ledgerOf(request.node);
        if (answer == Waiter.Answer.CONFIRMED && ledger != null) {
          note(given, request, ledger);
          requireHeld(given.last(), ledger);
        } else if (ledger != null
            && ledger != given.last().ledger
            && answer == Waiter.Answer.UNCONFIRMED) {
          world.tally.note(Happening.REPEAT_LACKED_HOLDERS);
        }
        return given.last();
      }
    }
    throw new PromiseBroken(Promise.ONCE, request + " answered with " + token);
  }

  private void note(Given given, ClientRequest request, Ledger ledger) {
    if (given.last().ledger != ledger) {
      world.tally.note(Happening.REPEAT_OF_INHERITED);
    } else if (given.atNanos() < request.askedNanos) {
      boolean atOnce = world.timeline.nowNanos() == request.askedNanos;
      world.tally.note(atOnce ? Happening.REPEAT_ANSWERED : Happening.REPEAT_WAITED);
    }
  }

  /**
   * What was taken over counts as confirmed: then it is there, and at some time so many followers
   * have entered the leadership as its write asked for.
   */
  private void requireHeld(ClientWrite last, Ledger ledger) {
    ledger.noteFollowers();
    if (last.ledger != ledger && ledger.mostFollowers < last.required) {
      throw new PromiseBroken(
          Promise.CONFIRMED_IS_HELD,
          ledger.leadership + ", entered by " + ledger.mostFollowers + ", confirms " + last);
    }
    for (ClientWrite write : last.ledger == ledger ? List.<ClientWrite>of() : last.together) {
      Entry inherited = ledger.inherited(write.key);
      if (write.ledger.leadership.epoch() >= ledger.leadership.epoch()
          || (inherited == null ? !oracle.mayBeAbsent(write) : !write.isIn(inherited))) {
        throw new PromiseBroken(
            Promise.ONCE, ledger.leadership + " confirms " + write + " and took over " + inherited);
      }
    }
  }

  /** A marked request was refused. */
  void refused(ClientRequest request, Refusal refusal) {
    WriteRequest.Once once = request.once;
    if (once == null) {
      throw new PromiseBroken(Promise.ONCE, request + " is not marked: " + refusal);
    }
    Ledger ledger = oracle.ledgerOf(request.node);
    boolean others = false;
    for (Given given : of(once.id())) {
      boolean same = given.receipt().payload().equals(once.payload());
      others |= !same;
      if (same
          && given.last().ledger == ledger
          && given.atNanos() < request.askedNanos
          && isKept(given)
          && !isOfItsNode(refusal.kind())) {
        throw new PromiseBroken(
            Promise.ONCE, request + " repeats " + given.last() + ", refused: " + refusal);
      }
    }
    if (refusal.kind() == Refusal.Kind.OTHER_PAYLOAD && !others) {
      throw new PromiseBroken(Promise.ONCE, request + " asks for no other: " + refusal);
    }
    if (refusal.kind() == Refusal.Kind.TOO_MANY_RECEIPTS
        && receipts(request.node.node().state()).size() < world.plan.limits().receipts()) {
      throw new PromiseBroken(Promise.ONCE, request + ": " + refusal);
    }
  }

  /** Whether it says that this node cannot take writes now, whichever. */
  private static boolean isOfItsNode(Refusal.Kind kind) {
    return switch (kind) {
      case NOT_LEADING, MOVED, TOO_MANY_WAITING -> true;
      case IMPOSSIBLE_QUORUM,
          TOO_FEW_CONNECTED,
          STORE_FULL,
          DISK_FULL,
          CONDITION_UNMET,
          CONDITION_UNCERTAIN,
          OTHER_PAYLOAD,
          TOO_MANY_RECEIPTS ->
          false;
    };
  }

  /** All that a node must remember of the leadership that it has entered it does. */
  void kept(NodeState state, Ledger entered, String where) {
    Map<String, Token> found = receipts(state);
    for (List<Given> all : byId.values()) {
      for (Given given : all) {
        ClientWrite last = given.last();
        Token token = found.get(given.receipt().id());
        boolean due =
            isKept(given)
                && (last.ledger == entered
                    ? last.token.version() <= state.appliedVersion()
                    : entered.holds(last));
        if (due && (token == null || token.compareTo(last.token) < 0)) {
          throw new PromiseBroken(
              Promise.ONCE, where + " has forgotten " + given.receipt().id() + " of " + last);
        }
      }
    }
  }

  /** A leadership begins: with each marked write that it has taken over it has the receipt. */
  void inherited(Ledger begun) {
    if (oracle.hasTwins()) {
      return;
    }
    long sinceEpoch = begun.losesPartsBelow();
    Map<String, Token> found = receipts(begun.leader.node().state());
    for (List<Given> all : byId.values()) {
      for (Given given : all) {
        ClientWrite last = given.last();
        Token token = found.get(given.receipt().id());
        if (isKept(given)
            && last.token.epoch() >= sinceEpoch
            && last.together.stream().anyMatch(write -> isTakenOver(write, begun))
            && (token == null || token.compareTo(last.token) < 0)) {
          throw new PromiseBroken(
              Promise.ONCE, begun.leadership + " has taken over " + last + " without its receipt");
        }
      }
    }
  }

  private static boolean isTakenOver(ClientWrite write, Ledger begun) {
    Entry inherited = begun.inherited(write.key);
    return inherited != null && inherited.token().equals(write.token);
  }

  private static Map<String, Token> receipts(NodeState state) {
    Map<String, Token> found = new HashMap<>();
    for (Mutation kept : state.store().receiptsNow()) {
      Receipt receipt = kept.attributes().receipt();
      if (receipt != null) {
        found.put(receipt.id(), kept.token());
      }
    }
    return found;
  }

  /**
   * What a node that is level should long have forgotten; null when nothing. What a leader took
   * over counts as given when it began, or before.
   */
  @Nullable String overdue(SimNode node, Ledger ledger) {
    long earliestMillis = ledger.millis() - Plan.LATE_MILLIS - world.plan.limits().receiptMillis();
    for (Mutation kept : node.node().store().receiptsNow()) {
      Receipt receipt = kept.attributes().receipt();
      boolean own = kept.epoch() == ledger.leadership.epoch();
      if (receipt != null
          && (own ? receipt.givenMillis() : ledger.beganMillis()) < earliestMillis) {
        return node + " keeps at " + ledger.millis() + " " + receipt;
      }
    }
    return null;
  }
}
