package io.quorate.replication;

import io.quorate.core.Node;
import io.quorate.core.Reign;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator that a node leads, or why one that leads or asks to does not serve. */
final class RoleLog {

  private static final Logger LOG = LoggerFactory.getLogger(RoleLog.class);

  private static final long SAY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Nothing stands in the way. */
  private static final String NONE = "none";

  /** What was said last; empty of one that neither leads nor asks to. */
  private String last = "";

  /** When an obstacle was told last. */
  private long saidNanos = System.nanoTime() - SAY_AGAIN_NANOS;

  /** To be called after each change: says what has changed, obstacles once a second at most. */
  void note(Node core, long nowNanos) {
    boolean leadsOrAsks = core.leader() != null || core.isCandidate();
    String now = leadsOrAsks ? core.obstacle().orElse(NONE) : "";
    if (now.equals(last)) {
      return;
    }
    if (now.equals(NONE)) {
      Reign reign = core.state().reign();
      LOG.info(
          "leading with epoch {} from version {} on{}",
          reign.leadership().epoch(),
          reign.base(),
          reign.unclean() ? "; confirmed writes may have been lost before it" : "");
    } else if (!now.isEmpty()) {
      if (nowNanos - saidNanos < SAY_AGAIN_NANOS) {
        return;
      }
      saidNanos = nowNanos;
      LOG.warn("not leading: {}", now);
    }
    last = now;
  }
}
