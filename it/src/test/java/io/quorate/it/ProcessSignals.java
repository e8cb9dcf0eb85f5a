package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Signals to a process, and what became of it. */
final class ProcessSignals {

  private ProcessSignals() {}

  /**
   * @param signal such as {@code TERM}
   */
  static void send(String signal, Process to) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(to.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("kill -" + signal + " of " + to + " failed");
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted before " + to + " got its signal", interrupted);
    }
  }

  /** Returns when no thread of it runs: some go on for a while after the signal was sent. */
  static void stop(String name, Process process) {
    send("STOP", process);
    Eventually.asserted(() -> assertThat(statesOfThreads(process)).as(name).containsOnly('T'));
  }

  /** Of each thread where Linux tells, of the whole elsewhere. */
  private static Set<Character> statesOfThreads(Process process) throws IOException {
    Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
    if (!Files.isDirectory(threads)) {
      String[] ps = {"ps", "-o", "state=", "-p", Long.toString(process.pid())};
      try (InputStream told = new ProcessBuilder(ps).start().getInputStream()) {
        return Set.of((char) told.read());
      }
    }
    Set<Character> states = new HashSet<>();
    try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
      for (Path thread : each) {
        String stat = Files.readString(thread.resolve("stat"));
        states.add(stat.charAt(stat.lastIndexOf(')') + 2));
      }
    }
    return states;
  }
}
