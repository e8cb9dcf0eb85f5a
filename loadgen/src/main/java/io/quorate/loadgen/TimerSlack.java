package io.quorate.loadgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The kernel may wake a thread late by its timer slack, 50 µs by default, to wake several together:
 * an open loop would send that much too late. A thread may lower its own without privileges; see
 * proc(5), {@code /proc/pid/timerslack_ns}, where pid is that of the thread.
 */
final class TimerSlack {
  private static final Path THREAD_SELF = Path.of("/proc/thread-self");

  private TimerSlack() {}

  /**
   * Lowers the calling thread's slack to 1 ns where the kernel offers it; elsewhere it stays, and
   * the measured lateness of an open loop shows it.
   */
  static void reduce() {
    try {
      Path thread = Files.readSymbolicLink(THREAD_SELF).getFileName();
      Files.writeString(Path.of("/proc").resolve(thread).resolve("timerslack_ns"), "1");
    } catch (IOException | SecurityException notOffered) {
      // The measured lateness shows what it costs.
    }
  }
}
