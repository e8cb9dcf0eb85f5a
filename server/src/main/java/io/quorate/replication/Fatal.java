package io.quorate.replication;

import io.netty.util.internal.OutOfDirectMemoryError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process does not survive. A node that lost a thread, or ran out of heap in the midst of a
 * change, may look alive and serve nothing: it ends, so that whoever watches it can start it again.
 */
public final class Fatal {

  private static final Logger LOG = LoggerFactory.getLogger(Fatal.class);

  private static final int EXIT_BROKEN = 3;
  private static final int EXIT_DISK_FAILED = 4;

  private Fatal() {}

  /**
   * Ends the process at once if the cause is the JVM's own failure; Netty's refusal of a buffer is
   * not.
   */
  public static void check(Throwable cause) {
    if (cause instanceof VirtualMachineError && !(cause instanceof OutOfDirectMemoryError)) {
      end("the JVM failed: " + cause);
    }
  }

  /** Ends the process at once with status 3. */
  public static void end(String reason) {
    end(reason, EXIT_BROKEN);
  }

  /**
   * Ends the process at once with status 4. What a disk holds after a write or a force that failed
   * nobody knows, and trying again may succeed without having written it.
   */
  public static void diskFailed(String reason) {
    end("its disk failed: " + reason, EXIT_DISK_FAILED);
  }

  private static void end(String reason, int status) {
    try {
      LOG.error("ending this node: {}", reason);
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }
}
