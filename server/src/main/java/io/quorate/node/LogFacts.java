package io.quorate.node;

import ch.qos.logback.core.Context;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * What the log tells of the node with every event, once it is known.
 *
 * @param node what it calls itself
 * @param epoch that it has entered; 0 before the first. Asked by any thread
 */
record LogFacts(String node, LongSupplier epoch) {

  private static final String KEY = LogFacts.class.getName();

  /** From now on every event of this virtual machine is told of this node. */
  void tell() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof Context context) {
      context.putObject(KEY, this);
    }
  }

  /** Null while no node has told. */
  static @Nullable LogFacts of(@Nullable Context context) {
    return context != null && context.getObject(KEY) instanceof LogFacts facts ? facts : null;
  }
}
