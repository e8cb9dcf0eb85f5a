package io.quorate.jmh;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Runs benchmarks on threads that Netty takes for an event loop's, as a node's are: on others its
 * pools of buffers and objects work another way. JMH makes it where {@link #EXECUTOR} and {@link
 * #EXECUTOR_CLASS} are given.
 */
public final class LoopThreads extends DefaultEventExecutorGroup {

  /** Has JMH use an executor of ours. */
  public static final String EXECUTOR = "-Djmh.executor=CUSTOM";

  /** Has JMH use this one. */
  public static final String EXECUTOR_CLASS = "-Djmh.executor.class=io.quorate.jmh.LoopThreads";

  /** Has Netty track no buffers, as in a node. */
  public static final String NO_LEAK_DETECTION = "-Dio.netty.leakDetection.level=disabled";

  /** For JMH to call. */
  public LoopThreads(int threads, String name) {
    super(threads, new DefaultThreadFactory(name, true));
  }
}
