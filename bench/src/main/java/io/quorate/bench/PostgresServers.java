package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A PostgreSQL primary and its standbys: a commit is answered once it is forced to the disk of the
 * primary and of any one standby.
 */
final class PostgresServers implements AutoCloseable {
  static final String USER = "quorate";
  static final String DATABASE = "postgres";

  /** So many rows are updated: enough that two clients seldom wait for the same one. */
  static final int KEYS = 10_000;

  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
  private static final Duration LINK_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final String TABLE =
      """
      CREATE TABLE kv (key text PRIMARY KEY, value text NOT NULL);
      INSERT INTO kv SELECT 'key-' || to_char(nth, 'FM0000'), repeat('x', 64)
        FROM generate_series(0, %d) AS nth;
      """
          .formatted(KEYS - 1);

  private final Bench bench;
  private final PostgresAccount account;
  private final Path data;
  private final List<Integer> ports;
  private final Servers servers = new Servers();

  private PostgresServers(Bench bench, PostgresAccount account, Path data, List<Integer> ports) {
    this.bench = bench;
    this.account = account;
    this.data = data;
    this.ports = ports;
  }

  /**
   * Starts them, waits until all standbys are linked, and fills the table.
   *
   * @param data that belongs to the account
   */
  static PostgresServers start(Bench bench, PostgresAccount account, Path data, int standbys)
      throws Refusal {
    PostgresServers started = new PostgresServers(bench, account, data, Ports.free(standbys + 1));
    try {
      started.makePrimary();
      started.startServer(0);
      started.awaitAnswer("SELECT 1", "1");
      for (int standby = 1; standby <= standbys; standby++) {
        started.copyPrimary(standby);
        started.startServer(standby);
      }
      started.awaitAnswer(
          "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
              + " AND sync_state = 'quorum'",
          Integer.toString(standbys));
      started.run("psql", started.psql(TABLE));
      return started;
    } catch (Refusal refusal) {
      started.close();
      throw refusal;
    }
  }

  private void makePrimary() throws Refusal {
    List<String> command =
        List.of(
            account.program("initdb"),
            "--pgdata=" + directory(0),
            "--username=" + USER,
            "--auth=trust",
            "--locale=C",
            "--encoding=UTF8");
    run("initdb", account.of(command));
  }

  private void copyPrimary(int standby) throws Refusal {
    List<String> command =
        new ArrayList<>(
            List.of(account.program("pg_basebackup"), "--pgdata=" + directory(standby)));
    command.addAll(connection());
    command.addAll(List.of("--checkpoint=fast", "--write-recovery-conf"));
    run("pg_basebackup", account.of(command));
  }

  private void startServer(int at) throws Refusal {
    List<String> command =
        new ArrayList<>(List.of(account.program("postgres"), "-D", directory(at).toString()));
    settings(ports, at).forEach(setting -> command.addAll(List.of("-c", setting)));
    NodeProcess server = servers.add(bench.server("postgres-" + at, account.of(command)));
    bench.awaitAccepting(server, ports.get(at));
  }

  /** What a server is told; 0 is the primary. */
  static List<String> settings(List<Integer> ports, int at) {
    String standbys =
        IntStream.range(1, ports.size())
            .mapToObj(PostgresServers::name)
            .collect(Collectors.joining(", "));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=" + LocalCluster.HOST,
                "port=" + ports.get(at),
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=on"));
    settings.add(
        at == 0
            ? "synchronous_standby_names=ANY 1 (" + standbys + ")"
            : String.format(
                "primary_conninfo=host=%s port=%d user=%s application_name=%s",
                LocalCluster.HOST, ports.get(0), USER, name(at)));
    return settings;
  }

  private static String name(int standby) {
    return "standby_" + standby;
  }

  private Path directory(int at) {
    return data.resolve("postgres-" + at);
  }

  private List<String> connection() {
    return List.of("--host=" + LocalCluster.HOST, "--port=" + ports.get(0), "--username=" + USER);
  }

  private List<String> psql(String statement) {
    List<String> command = new ArrayList<>(List.of(account.program("psql"), "--no-psqlrc"));
    command.addAll(connection());
    command.addAll(
        List.of("--tuples-only", "--no-align", "--dbname=" + DATABASE, "--command=" + statement));
    return command;
  }

  private void awaitAnswer(String statement, String wanted) throws Refusal {
    long deadlineNanos = System.nanoTime() + LINK_LIMIT.toNanos();
    String last = "";
    while (!last.equals(wanted)) {
      if (System.nanoTime() > deadlineNanos) {
        throw Refusal.failed(
            "postgres: " + statement + ": '" + last + "' after " + LINK_LIMIT.toSeconds() + " s");
      }
      bench.pause(POLL);
      try {
        last = run("psql", psql(statement)).strip();
      } catch (Refusal notYet) {
        last = notYet.line();
      }
    }
  }

  private String run(String name, List<String> command) throws Refusal {
    return Command.run(name, command, bench.scratch(), COMMAND_LIMIT, bench.surroundings().stop());
  }

  /** Updates rows at random for so long, as wrk does keys: so many clients, and one thread. */
  double perSecond(Path script, int clients, Duration length) throws Refusal {
    long seconds = Math.max(1, length.toSeconds());
    List<String> command = new ArrayList<>(List.of(account.program("pgbench"), "--no-vacuum"));
    command.addAll(connection());
    command.addAll(
        List.of(
            "--client=" + clients,
            "--jobs=1",
            "--time=" + seconds,
            "--protocol=prepared",
            "--define=keys=" + KEYS,
            "--file=" + script,
            DATABASE));
    Duration limit = COMMAND_LIMIT.plusSeconds(seconds);
    return PgbenchReport.perSecond(
        Command.run("pgbench", command, bench.scratch(), limit, bench.surroundings().stop()));
  }

  @Override
  public void close() {
    servers.close();
  }
}
