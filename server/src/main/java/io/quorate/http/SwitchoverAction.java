package io.quorate.http;

import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Transition;
import java.util.concurrent.TimeUnit;

/** Has a follower lead in place of this leader. */
final class SwitchoverAction implements Action {

  /** How long it may take unless it is told. */
  private static final long DEFAULT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LeaderReplica leader;

  SwitchoverAction(LeaderReplica leader) {
    this.leader = leader;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<String> target = exchange.query().parameter("to");
    if (!(target instanceof Parsed.Value<String> to)) {
      exchange.refuse(((Parsed.Fault<String>) target).problem());
      return;
    }
    if (to.value().isEmpty()) {
      exchange.refuse(
          Problem.badRequest("to is missing; it takes the id or the URL of a follower"));
      return;
    }
    Parsed<Long> timeout = Parameters.timeoutNanos(exchange.query(), DEFAULT_TIMEOUT_NANOS);
    if (timeout instanceof Parsed.Value<Long> nanos) {
      Later.answer(
          exchange,
          leader.switchOver(to.value(), nanos.value()),
          ended -> shown(exchange, to.value(), ended));
    } else {
      exchange.refuse(((Parsed.Fault<Long>) timeout).problem());
    }
  }

  private static Answer shown(Exchange exchange, String to, Transition ended) {
    if (ended instanceof Transition.Moved moved) {
      return Answer.json(json(moved));
    }
    if (ended instanceof Transition.Refused refused) {
      return exchange.refusal(PromoteAction.refusal(refused));
    }
    if (ended instanceof Transition.TimedOut timedOut) {
      return Problem.unavailable(timedOut.reason()).outcome(Problem.Outcome.UNKNOWN).answer();
    }
    if (ended instanceof Transition.UnknownTarget unknown) {
      return exchange.refusal(
          Problem.badRequest("to=" + PercentCode.shown(to) + ": " + unknown.reason()));
    }
    throw new IllegalStateException("no end of a switchover: " + ended);
  }

  private static byte[] json(Transition.Moved moved) {
    return JsonText.object(
        json -> {
          json.writeStringField("from", moved.from());
          json.writeStringField("to", moved.to());
          json.writeNumberField("epoch", moved.epoch());
          JsonText.millis(json, "paused_ms", moved.pausedNanos());
        });
  }
}
