package io.quorate.loadgen;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs commands as {@code main} does, beside a leader of two followers that only look like them.
 */
final class Commands implements AutoCloseable {
  static final String NO_WARMUP = "--warmup-limit=0s";

  final FakeNode first = FakeNode.follower();
  final FakeNode second = FakeNode.follower();
  final FakeNode leader = FakeNode.leader(first, second);
  final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Sweeps the leader with these flags, and returns the exit status. */
  int sweep(Path directory, String... flags) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--leader",
                leader.url().toString(),
                "--out",
                directory.toString(),
                "--keys",
                "20",
                "--seed",
                "11"));
    arguments.addAll(List.of(flags));
    return run(arguments);
  }

  /** Runs a command, and returns its exit status. */
  int run(List<String> arguments) {
    PrintStream printing = new PrintStream(out, true, StandardCharsets.UTF_8);
    Surroundings surroundings = new Surroundings(printing, false, stop, List.of("false"));
    return Main.run(
        arguments.toArray(String[]::new),
        surroundings,
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  /** What the commands printed. */
  String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What they printed of why they do not go on. */
  String complaints() {
    return err.toString(StandardCharsets.UTF_8);
  }

  void forgetComplaints() {
    err.reset();
  }

  @Override
  public void close() {
    leader.close();
    first.close();
    second.close();
  }
}
