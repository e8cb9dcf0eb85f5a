package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The lag that the leader injects: that of its own configuration, or none for a baseline. Whoever
 * alters it owes a {@link #restore}.
 */
final class Lag {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  private final HttpClient client;
  private final NodeUrl leader;
  private final DelayRange injected;
  private Sweep.Lag now = Sweep.Lag.INJECTED;

  /**
   * @param injected what the leader injects, to be set back to
   */
  Lag(HttpClient client, NodeUrl leader, DelayRange injected) {
    this.client = client;
    this.leader = leader;
    this.injected = injected;
  }

  /** Makes the leader inject that. Returns why it does not, or null. */
  @Nullable String set(Sweep.Lag wanted) {
    if (wanted == now) {
      return null;
    }
    // Even if its answer is lost, it may be in force.
    now = wanted;
    return switch (wanted) {
      case INJECTED -> patch(injected);
      case NONE -> patch(new DelayRange(0, 0));
    };
  }

  private @Nullable String patch(DelayRange delays) {
    String json =
        "{\"min_delay_ms\":" + delays.leastMs() + ",\"max_delay_ms\":" + delays.greatestMs() + "}";
    Answer answer = client.ask(leader, Request.patchJson("/v1/config", json), ANSWER_LIMIT);
    return answer.status() == Answer.OK
        ? null
        : "PATCH /v1/config " + json + " of " + leader + ": " + answer.describe();
  }

  /** Sets the lag back. Returns why that failed, or null. */
  @Nullable String restore() {
    return set(Sweep.Lag.INJECTED);
  }
}
