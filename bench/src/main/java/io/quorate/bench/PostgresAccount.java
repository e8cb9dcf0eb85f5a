package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs PostgreSQL, which refuses to be run by root: ourselves, or else the user that its
 * package brings along.
 *
 * @param postgres the program, beside which all others are
 * @param borrowed whether it is that other user
 */
record PostgresAccount(Path postgres, boolean borrowed) {
  private static final String USER = "postgres";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<String> PROGRAMS =
      List.of("postgres", "initdb", "pg_basebackup", "psql", "pgbench");

  /** Root has to become another; whoever else we are will do. */
  static PostgresAccount here(Path found) {
    Path postgres = found;
    try {
      postgres = found.toRealPath(); // The others are beside it, and seldom beside a link to it.
    } catch (IOException unreadable) {
      // Then they are where it is, or nowhere.
    }
    return new PostgresAccount(postgres, "root".equals(System.getProperty("user.name")));
  }

  /** Where a program of PostgreSQL is. */
  String program(String name) {
    return postgres.resolveSibling(name).toString();
  }

  /** Has the account run a command; it stays the same process, so that signals reach it. */
  List<String> of(List<String> command) {
    List<String> all = new ArrayList<>();
    if (borrowed) {
      all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--init-groups", "--"));
    }
    all.addAll(command);
    return all;
  }

  /**
   * Gives it a directory.
   *
   * @return why it cannot keep its files there or is not whole, null where all is well
   */
  @Nullable String whyNot(Path directory, Bench bench) {
    for (String program : PROGRAMS) {
      if (!Files.isExecutable(postgres.resolveSibling(program))) {
        return program + " is not installed beside " + postgres;
      }
    }
    try {
      if (borrowed) {
        Files.setOwner(
            directory,
            directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
      }
      Command.run(
          "setpriv",
          of(List.of("test", "-w", directory.toString())),
          bench.scratch(),
          LIMIT,
          bench.surroundings().stop());
      return null;
    } catch (IOException | Refusal cannot) {
      return "PostgreSQL does not run as root, and its user "
          + USER
          + " cannot be used or cannot reach "
          + directory
          + ": name a directory that everybody can reach by --out";
    }
  }
}
