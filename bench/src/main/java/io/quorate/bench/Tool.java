package io.quorate.bench;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
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
  STRACE("strace", "apt-get install strace; Linux only", "--version"),
  JCMD("jcmd", "apt-get install openjdk-17-jdk-headless, or brew install openjdk", "-h");

  private static final List<Path> BESIDE_PATH = List.of(Path.of("/usr/sbin"), Path.of("/sbin"));

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
    return Stream.concat(directories.stream(), BESIDE_PATH.stream())
        .map(each -> each.resolve(command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /** Why a row that takes it is skipped. */
  String missing() {
    return command + " is not installed (" + install + ")";
  }
}
