package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardTest {
  private static final List<String> LONG = List.of("sleep", "1000");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir private Path scratch = Path.of("");

  @Test
  void commandEndsWhenTheInputOfItsGuardClosesAsItDoesWhenWeAreKilled() throws Exception {
    Process guard = new ProcessBuilder(Guard.over(LONG)).start();
    ProcessHandle command = command(guard);
    guard.getOutputStream().close();
    assertEnds(command);
    assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void commandEndsWhenItsGuardIsAskedTo() throws Exception {
    Process guard = new ProcessBuilder(Guard.over(LONG)).start();
    ProcessHandle command = command(guard);
    guard.destroy();
    assertEnds(command);
    assertThat(guard.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void statusAndOutputAreThoseOfTheCommand() throws Exception {
    List<String> printing = List.of("sh", "-c", "echo found; exit ${0}");
    assertThat(run(printing, "0")).isEqualTo("found\n");
    assertThatThrownBy(() -> run(printing, "3"))
        .isInstanceOf(Refusal.class)
        .hasMessage("sh ended with status 3: found");
  }

  @Test
  void commandThatDoesNotEndInTimeIsEnded() {
    assertThatThrownBy(
            () -> Command.run("sleep", LONG, scratch, Duration.ofMillis(50), new StopSignal()))
        .hasMessage("sleep did not end within 0 s");
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void commandIsEndedWhenTheUserStopsUs() {
    StopSignal stop = new StopSignal();
    stop.request();
    assertThatThrownBy(() -> Command.run("sleep", LONG, scratch, LIMIT, stop))
        .hasMessage(StopSignal.STOPPED);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void commandThatIsNotThereIsOneLine() {
    assertThatThrownBy(
            () ->
                Command.run(
                    "absent", List.of("/no/such/command"), scratch, LIMIT, new StopSignal()))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("absent ended with status 127");
  }

  private String run(List<String> command, String argument) throws Refusal {
    List<String> words = new ArrayList<>(command);
    words.add(argument);
    return Command.run("sh", words, scratch, LIMIT, new StopSignal());
  }

  /** The child of the guard that is no shell. */
  private static ProcessHandle command(Process guard) {
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      var found =
          guard
              .descendants()
              .filter(child -> child.info().command().orElse("").endsWith("sleep"))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the guard runs no sleep");
  }

  private static void assertEnds(ProcessHandle command) throws Exception {
    command.onExit().get(20, TimeUnit.SECONDS);
    assertThat(command.isAlive()).isFalse();
  }
}
