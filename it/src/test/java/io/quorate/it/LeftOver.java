package io.quorate.it;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Processes that must not outlive this one: a paused node would not notice that its standard input
 * has closed.
 */
final class LeftOver {

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(LeftOver::kill), "left-over-processes"));
  }

  private LeftOver() {}

  /** Kills the process and all that it started. */
  static void kill(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** Kills the process when this virtual machine ends, unless it has ended by then. */
  static void killIfWeEnd(Process process) {
    RUNNING.removeIf(known -> !known.isAlive());
    RUNNING.add(process);
  }
}
