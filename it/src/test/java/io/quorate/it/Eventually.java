package io.quorate.it;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** Waits for conditions, each for a bounded time. A node that does not answer is asked again. */
final class Eventually {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private Eventually() {}

  static void asserted(ThrowingRunnable assertion) {
    patiently().untilAsserted(assertion);
  }

  /** Waits until there is something, and returns it. */
  static <T> T present(String what, Supplier<@Nullable T> supplier) {
    AtomicReference<@Nullable T> found = new AtomicReference<>();
    patiently()
        .alias(what)
        .until(
            () -> {
              found.set(supplier.get());
              return found.get() != null;
            });
    return Objects.requireNonNull(found.get());
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class);
  }
}
