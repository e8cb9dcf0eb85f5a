package io.quorate.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What measurements take and do not bring along. */
enum Tool {
  WRK("wrk", "apt-get install wrk, or brew install wrk", "-v"),
  REDIS("redis-server", "apt-get install redis-server, or brew install redis", "--version"),
  NGINX("nginx", "apt-get install nginx, or brew install nginx", "-v"),
  ETCD("etcd", "apt-get install etcd-server, or brew install etcd", "--version"),
  POSTGRES("postgres", "apt-get install postgresql, or brew install postgresql", "--version"),
  STRACE("strace", "apt-get install strace; Linux only", "--version"),
  JCMD("jcmd", "apt-get install openjdk-17-jdk-headless, or brew install openjdk", "-h");

  private static final List<Path> BESIDE_PATH = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));

  /** Debian keeps a directory of each version of PostgreSQL, and none of them on PATH. */
  private static final Path POSTGRES_VERSIONS = Path.of("/usr/lib/postgresql");

  private final String command;
  private final String install;
  private final String versionFlag;

  Tool(String command, String install, String versionFlag) {
    this.command = command;
    this.install = install;
    this.versionFlag = versionFlag;
  }

  /** What is typed to run it. */
  String command() {
    return command;
  }

  /** What makes it print its version. */
  String versionFlag() {
    return versionFlag;
  }

  /** Where it is, or null: on PATH, or where systems keep their servers; jcmd beside our Java. */
  @Nullable Path find() {
    return find(System.getenv("PATH"));
  }

  /** As {@link #find()} of another PATH. */
  @Nullable Path find(@Nullable String path) {
    if (this == JCMD) {
      Path beside = Path.of(System.getProperty("java.home"), "bin", command);
      return Files.isExecutable(beside) ? beside : null;
    }
    if (path == null) {
      return null;
    }
    List<Path> directories =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(path)
            .filter(each -> !each.isEmpty())
            .map(Path::of)
            .toList();
    return Stream.concat(directories.stream(), besidePath())
        .map(each -> each.resolve(command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private Stream<Path> besidePath() {
    return this == POSTGRES ? newestFirst(POSTGRES_VERSIONS).stream() : BESIDE_PATH.stream();
  }

  /** The {@code bin} of each version, those that are no number left out. */
  static List<Path> newestFirst(Path versions) {
    try (Stream<Path> each = Files.list(versions)) {
      return each.filter(version -> version.getFileName().toString().matches("\\d{1,4}"))
          .sorted(
              Comparator.comparing(version -> -Integer.parseInt(version.getFileName().toString())))
          .map(version -> version.resolve("bin"))
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  /** Why a row that takes it is skipped. */
  String missing() {
    return command + " is not installed (" + install + ")";
  }
}
