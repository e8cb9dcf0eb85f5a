package io.quorate.loadgen;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a SIGTERM: whoever works looks here between two steps, ends what it does and writes
 * down what it has, while the virtual machine waits for that with its own end.
 */
public final class StopSignal {
  /** Why something did not come to its end. */
  public static final String STOPPED = "stopped by the user";

  private static final Duration LONGEST_END = Duration.ofSeconds(20);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /** A signal that Ctrl-C gives, for {@link #ended} to be called on. */
  public static StopSignal onShutdown() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::shutDown, "stop"));
    return signal;
  }

  private void shutDown() {
    request();
    try {
      boolean inTime = ended.await(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        System.err.println("stopped before everything could be written");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks for the end. */
  public void request() {
    requested.countDown();
  }

  /** All is written and closed: the virtual machine may end. */
  public void ended() {
    ended.countDown();
  }

  /** Whether the end was asked for. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until the end is asked for, at most so long, and says whether it is. */
  public boolean await(Duration limit) {
    try {
      return requested.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      request();
      return true;
    }
  }
}
