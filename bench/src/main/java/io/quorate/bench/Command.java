package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command under a {@link Guard}, whose output is wanted whole. */
final class Command implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final String name;
  private final Process child;
  private final Path output;

  private Command(String name, Process child, Path output) {
    this.name = name;
    this.child = child;
    this.output = output;
  }

  /**
   * Starts the command.
   *
   * @param name what messages call it
   * @param scratch where its output is kept until {@link #close}
   */
  static Command start(String name, List<String> command, Path scratch) throws Refusal {
    try {
      Path output = Files.createTempFile(scratch, name + "-", ".out");
      Process child =
          new ProcessBuilder(Guard.over(command))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      return new Command(name, child, output);
    } catch (IOException failed) {
      throw Refusal.failed(name + " cannot be started: " + failed.getMessage());
    }
  }

  /**
   * Runs a command to its end and returns what it printed.
   *
   * @throws Refusal when it ends with another status than 0, does not end in time, or the user
   *     stopped us; it does not run any more then
   */
  static String run(
      String name, List<String> command, Path scratch, Duration limit, StopSignal stop)
      throws Refusal {
    try (Command running = start(name, command, scratch)) {
      running.awaitEnd(limit, stop);
      String printed = running.printed();
      if (running.child.exitValue() != 0) {
        throw Refusal.failed(
            name + " ended with status " + running.child.exitValue() + ": " + lastLine(printed));
      }
      return printed;
    }
  }

  private static String lastLine(String printed) {
    List<String> lines = printed.strip().lines().toList();
    return lines.isEmpty() ? "(it printed nothing)" : lines.get(lines.size() - 1).strip();
  }

  private void awaitEnd(Duration limit, StopSignal stop) throws Refusal {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    while (child.isAlive()) {
      if (stop.await(POLL)) {
        throw Refusal.failed(StopSignal.STOPPED);
      }
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(name + " did not end within " + limit.toSeconds() + " s");
      }
    }
  }

  boolean isRunning() {
    return child.isAlive();
  }

  /** Asks it to end, and returns what it had printed when it did. */
  String end() throws Refusal {
    child.destroy();
    awaitEndOrKill();
    return printed();
  }

  String printed() throws Refusal {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw Refusal.failed(name + ": its output cannot be read: " + failed.getMessage());
    }
  }

  private void awaitEndOrKill() {
    try {
      if (!child.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly().waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it if it still runs, and removes its output. */
  @Override
  public void close() {
    if (child.isAlive()) {
      child.destroy();
      awaitEndOrKill();
    }
    try {
      Files.deleteIfExists(output);
    } catch (IOException left) {
      // The directory that it is in goes as a whole.
    }
  }
}
