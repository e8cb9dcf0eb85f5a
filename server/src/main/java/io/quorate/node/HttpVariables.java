package io.quorate.node;

import io.quorate.http.HttpOptions;
import java.util.concurrent.TimeUnit;

/** Reads what a node takes of its clients, and for how long it waits for them. */
final class HttpVariables {

  private static final int MOST_MILLIS = 3_600_000;

  /** Where a time is looked at in quarters. */
  private static final int LEAST_QUARTERED_MILLIS = 4;

  /** Of a thing that is looked at every 20 ms. */
  private static final int LEAST_HEARTBEAT_MILLIS = 20;

  private HttpVariables() {}

  static HttpOptions http(Environment environment) throws WrongVariableException {
    HttpOptions preset = HttpOptions.DEFAULT;
    return new HttpOptions(
            (int) environment.number(Variable.MAX_VALUE_BYTES, 0, DiskVariables.MOST_VALUE_BYTES),
            preset.maxReplicationBytes() + DiskVariables.MOST_VALUE_BYTES,
            preset.maxInitialLineBytes(),
            preset.maxHeaderBytes(),
            (int) environment.number(Variable.MAX_CONNECTIONS, 1, 1_000_000),
            preset.maxPipelinedRequests(),
            environment.flag(Variable.TEST_DOOR))
        .with(
            timeouts(environment),
            (int) environment.number(Variable.MAX_REQUESTS, 1, 1 << 24),
            environment.bytes(Variable.MAX_ANSWER_BYTES, preset.maxAnswerBytes()))
        .with(
            new HttpOptions.Watching(
                (int) environment.number(Variable.MAX_WATCHES, 0, 1_000_000),
                nanos(environment, Variable.WATCH_HEARTBEAT_MS, LEAST_HEARTBEAT_MILLIS)));
  }

  private static HttpOptions.Timeouts timeouts(Environment environment)
      throws WrongVariableException {
    return new HttpOptions.Timeouts(
        nanos(environment, Variable.IDLE_TIMEOUT_MS, LEAST_QUARTERED_MILLIS),
        nanos(environment, Variable.HEADER_TIMEOUT_MS, 1),
        nanos(environment, Variable.BODY_TIMEOUT_MS, 1),
        nanos(environment, Variable.ANSWER_TIMEOUT_MS, LEAST_QUARTERED_MILLIS));
  }

  private static long nanos(Environment environment, Variable variable, int least)
      throws WrongVariableException {
    return TimeUnit.MILLISECONDS.toNanos(environment.number(variable, least, MOST_MILLIS));
  }
}
