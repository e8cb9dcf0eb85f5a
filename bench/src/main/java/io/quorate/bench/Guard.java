package io.quorate.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command that knows nothing of us so that it ends when we do, even when we are killed: a
 * shell waits beside it, and ends it once its own standard input is closed or it is asked to end.
 */
final class Guard {
  /**
   * The arguments are the command. Its input is empty. The exit status is the command's. The first
   * wait ends early when the trap runs; the second has the status.
   */
  private static final String SCRIPT =
      """
      exec 3<&0
      "$@" 3<&- </dev/null &
      child=$!
      { while read -r line; do :; done <&3; kill "$child"; } >/dev/null 2>&1 &
      watch=$!
      exec 3<&-
      trap 'kill "$child" 2>/dev/null' TERM INT HUP
      wait "$child"
      status=$?
      while kill -0 "$child" 2>/dev/null; do
        wait "$child"
        status=$?
      done
      kill "$watch" 2>/dev/null
      exit "$status"
      """;

  private Guard() {}

  /** The command that runs {@code command} so. */
  static List<String> over(List<String> command) {
    List<String> guarded = new ArrayList<>(List.of("sh", "-c", SCRIPT, "guard"));
    guarded.addAll(command);
    return guarded;
  }
}
