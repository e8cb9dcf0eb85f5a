package io.quorate.core.sim;

import io.quorate.core.Leader;
import io.quorate.core.Mutation;
import io.quorate.core.Receipt;
import io.quorate.core.Token;
import io.quorate.core.WriteView;
import io.quorate.core.sim.PromiseBroken.Promise;
import java.util.ArrayList;
import java.util.List;

/** Every version that a leader gives is for something that was asked for, or for what has ended. */
final class GivenCheck {

  private final SimWorld world;
  private final Oracle oracle;
  private final ConditionCheck conditions;
  private final ExpiryCheck expiries;

  GivenCheck(SimWorld world, Oracle oracle, ConditionCheck conditions, ExpiryCheck expiries) {
    this.world = world;
    this.oracle = oracle;
    this.conditions = conditions;
    this.expiries = expiries;
  }

  /** A leader may have given versions. */
  void notice(SimNode node, Leader leader, Ledger ledger) {
    while (ledger.given() < leader.lastVersion()) {
      WriteView first = view(leader, ledger, ledger.given() + 1);
      List<Mutation> mutations = new ArrayList<>();
      mutations.add(first.mutation());
      while (mutations.size() <= first.mutation().attributes().rest()) {
        Mutation next = view(leader, ledger, ledger.given() + 1 + mutations.size()).mutation();
        if (next.attributes().rest() + mutations.size() != first.mutation().attributes().rest()) {
          throw new PromiseBroken(Promise.TOGETHER, first.mutation() + ", and then " + next);
        }
        mutations.add(next);
      }
      given(node, ledger, mutations, first.required());
    }
  }

  private static WriteView view(Leader leader, Ledger ledger, long version) {
    WriteView view = leader.write(new Token(ledger.leadership.epoch(), version));
    if (view == null) {
      throw new PromiseBroken(Promise.LIMITS, "version " + version + " is nowhere");
    }
    return view;
  }

  private void given(SimNode node, Ledger ledger, List<Mutation> mutations, int required) {
    Mutation last = mutations.get(mutations.size() - 1);
    List<ClientWrite> writes = ClientWrite.of(oracle, ledger, mutations, required);
    if (last.attributes().expiry()) {
      expiries.given(ledger, last, required);
    } else {
      given(find(node, mutations, required), ledger, mutations, writes);
    }
    writes.forEach(ledger::add);
    world.trace(() -> node + ": given " + writes);
  }

  private void given(
      ClientRequest request, Ledger ledger, List<Mutation> mutations, List<ClientWrite> writes) {
    ClientWrite last = writes.get(writes.size() - 1);
    Receipt receipt = mutations.get(mutations.size() - 1).attributes().receipt();
    for (int i = 0; i < writes.size(); i++) {
      conditions.given(ledger, writes.get(i), request.changes.get(i).condition());
    }
    expiries.given(ledger, request, mutations);
    if (receipt != null) {
      oracle.repeats.given(ledger, last, receipt);
    } else {
      request.given = last;
      request.node.asked.remove(request);
    }
    if (writes.size() > 1) {
      world.tally.note(Happening.GIVEN_TOGETHER);
    }
  }

  /** Of two that are alike, the one that was asked for first. */
  private static ClientRequest find(SimNode node, List<Mutation> mutations, int required) {
    Receipt receipt = mutations.get(mutations.size() - 1).attributes().receipt();
    for (ClientRequest request : node.asked) {
      if (request.asksFor(mutations, required, receipt)) {
        return request;
      }
    }
    throw new PromiseBroken(Promise.ONLY_WHAT_WAS_WRITTEN, "nobody asked for " + mutations);
  }
}
