package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.Replica;
import io.quorate.replication.Transition;
import java.util.concurrent.TimeUnit;

/** Has this node become the leader. */
final class PromoteAction implements Action {

  /** How long it may take unless it is told. */
  private static final long DEFAULT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Replica replica;

  PromoteAction(Replica replica) {
    this.replica = replica;
  }

  @Override
  public void answer(Exchange exchange) {
    Parsed<Boolean> forced = Parameters.flag(exchange.query(), "force");
    if (!(forced instanceof Parsed.Value<Boolean> force)) {
      exchange.refuse(((Parsed.Fault<Boolean>) forced).problem());
      return;
    }
    Parsed<Long> timeout = Parameters.timeoutNanos(exchange.query(), DEFAULT_TIMEOUT_NANOS);
    if (timeout instanceof Parsed.Value<Long> nanos) {
      Later.answer(
          exchange, replica.promote(force.value(), nanos.value()), ended -> shown(exchange, ended));
    } else {
      exchange.refuse(((Parsed.Fault<Long>) timeout).problem());
    }
  }

  private static Answer shown(Exchange exchange, Transition ended) {
    if (ended instanceof Transition.Done done) {
      return Answer.json(json(done));
    }
    if (ended instanceof Transition.Refused refused) {
      return exchange.refusal(refusal(refused));
    }
    if (ended instanceof Transition.TimedOut timedOut) {
      // What was begun may still come to its end.
      return Problem.unavailable(timedOut.reason()).outcome(Problem.Outcome.UNKNOWN).answer();
    }
    throw new IllegalStateException("no end of a promotion: " + ended);
  }

  /** Also of a switchover. */
  static Problem refusal(Transition.Refused refused) {
    Problem problem = Problem.of(HttpResponseStatus.CONFLICT, refused.reason());
    return refused.needed() == 0
        ? problem
        : problem.number("grants", refused.grants()).number("needed", refused.needed());
  }

  private static byte[] json(Transition.Done done) {
    return JsonText.object(
        json -> {
          json.writeStringField("id", done.id());
          json.writeNumberField("epoch", done.epoch());
          json.writeNumberField("base_version", done.baseVersion());
          json.writeBooleanField("unclean", done.unclean());
        });
  }
}
