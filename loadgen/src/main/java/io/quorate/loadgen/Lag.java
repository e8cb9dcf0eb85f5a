package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lag that the leader injects: that of its own configuration, or none for a baseline. Whoever
 * alters it owes a {@link #restore}.
 */
final class Lag {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final HttpClient client;
  private final NodeUrl leader;
  private final DelayRange injected;

  /** Whether the leader may inject anything but its own; only its 200 to that ends it. */
  private boolean altered;

  /** Whether the leader has confirmed that it injects none. */
  private boolean none;

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
    return switch (wanted) {
      case INJECTED -> restore();
      case NONE -> none ? null : setNone();
    };
  }

  private @Nullable String setNone() {
    // Even if its answer is lost, it may be in force.
    altered = true;
    String failure = patch(new DelayRange(0, 0));
    none = failure == null;
    return failure;
  }

  /** Sets the lag back, in a few attempts. Returns why that failed, or null. */
  @Nullable String restore() {
    String failure = altered ? patch(injected) : null;
    for (int again = 1; failure != null && again < ATTEMPTS; again++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      failure = patch(injected);
    }
    altered = failure != null;
    none = false;
    return failure;
  }

  /** What a person has to type to set the lag back. */
  String restoreCommand() {
    return "curl -X PATCH -H 'Content-Type: application/json' -d '"
        + json(injected)
        + "' "
        + leader
        + "/v1/config";
  }

  private @Nullable String patch(DelayRange delays) {
    String json = json(delays);
    Answer answer = client.ask(leader, Request.patchJson("/v1/config", json), ANSWER_LIMIT);
    return answer.status() == Answer.OK
        ? null
        : "PATCH /v1/config " + json + " of " + leader + ": " + answer.describe();
  }

  private static String json(DelayRange delays) {
    return "{\"min_delay_ms\":"
        + delays.leastMs()
        + ",\"max_delay_ms\":"
        + delays.greatestMs()
        + "}";
  }
}
