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

  NameResolver() {
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

  /** Fails with {@link UnknownHostException} where the name has no address. */
  CompletionStage<InetAddress> resolve(String host) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return CompletableFuture.completedStage(lookUp(host));
    }
    try {
      return CompletableFuture.supplyAsync(() -> lookUp(host), executor);
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
