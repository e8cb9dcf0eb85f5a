package io.quorate.replication;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves names as the platform does, anew each time, on threads of its own: a slow name server
 * stops no event loop.
 */
final class NameResolver {

  private static final int THREADS = 4;
  private static final int QUEUE = 1024;

  private final Executor executor;
  private final long timeoutNanos;

  /**
   * Starts no thread before one is needed.
   *
   * @param timeoutNanos how long a look-up may take
   */
  NameResolver(long timeoutNanos) {
    this.timeoutNanos = timeoutNanos;
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUE),
            new DefaultThreadFactory("resolver", true));
    threads.allowCoreThreadTimeOut(true);
    this.executor = threads;
  }

  /** Fails where the name has no address, or the look-up takes too long. An address needs none. */
  CompletionStage<InetAddress> resolve(String host) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return CompletableFuture.supplyAsync(() -> lookUp(host), Runnable::run);
    }
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(host), executor)
          .orTimeout(timeoutNanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException tooManyLookUps) {
      return CompletableFuture.failedStage(tooManyLookUps);
    }
  }

  private static InetAddress lookUp(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new CompletionException(unknown);
    }
  }
}
