package io.quorate.bench;

import static io.quorate.bench.Target.atLeast;
import static io.quorate.bench.Target.atMost;
import static io.quorate.bench.Tool.ETCD;
import static io.quorate.bench.Tool.JCMD;
import static io.quorate.bench.Tool.NGINX;
import static io.quorate.bench.Tool.POSTGRES;
import static io.quorate.bench.Tool.REDIS;
import static io.quorate.bench.Tool.STRACE;
import static io.quorate.bench.Tool.WRK;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of the table, in its order. */
@SuppressWarnings("ImmutableEnumChecker") // A record of an enum and numbers, and a List.of.
enum Row {
  GET("GET / bare Netty", "", atLeast(0.93, 1.0), WRK),
  GET_PIPELINED("GET / bare Netty, pipelined 16 deep", "", atLeast(0.90, 1.2), WRK),
  GET_NGINX("GET / nginx `return 200`", "", atLeast(1.0, 1.15), WRK, NGINX),
  PUT_1("PUT `w=1` / Redis `SET`+`WAIT 1`", "", atLeast(1.3, 2.0), WRK, REDIS),
  PUT_3("PUT `w=3` / Redis `SET`+`WAIT 3`", "", atLeast(1.3, 2.0), WRK, REDIS),
  PUT_5("PUT `w=5` / Redis `SET`+`WAIT 5`", "", atLeast(1.3, 2.0), WRK, REDIS),
  PUT_GET("PUT `w=1` / GET of the same node", "", null, WRK),
  PUT_ETCD("PUT `w=3` / etcd, five members", "", null, WRK, ETCD),
  PUT_LAG("PUT `w=3`, lag 0.1 to 1 ms / no lag, 256 connections", "", atLeast(0.4, 0.6), WRK),
  PUT_P99("p99 of PUT `w=1` at half of capacity, open loop", "ms", atMost(3, 2), WRK),
  GET_CROWD("p99 of GET beside a crowd of connections / without", "", atMost(2, 1.2), WRK),
  PUT_CROWD("p99 of PUT `w=1` beside a crowd / without", "", atMost(2, 1.2), WRK),
  DELAY_MEDIAN("injected delay: median error", "µs", atMost(80, 30)),
  DELAY_P99("injected delay: p99 error", "µs", atMost(300, 150)),
  QUORUM_LATENCY("quorum latency less prediction and zero-lag p50, worst w", "µs", atMost(100, 60)),
  GET_BYTES("bytes allocated per GET", "B", atMost(800, 400)),
  PUT_BYTES("bytes allocated per PUT beyond the stored value", "B", atMost(2_000, 1_000)),
  SYSTEM_CALLS("system calls of the leader per PUT, 64 connections", "", atMost(8, 3), WRK, STRACE),
  IDLE_PROCESSOR("processor use of an idle six-node cluster", "% of a core", atMost(5, 2)),
  IDLE_MEMORY("resident memory of an idle node", "MB", atMost(120, 100)),
  FOLLOWER_HEAP(
      "live heap of a follower per million 64-byte entries", "MB", atMost(260, 200), WRK, JCMD),
  COLD_START("cold start to ready, one node alone", "s", atMost(1.5, 0.5)),
  PUT_FSYNC("PUT `w=3`, `FSYNC=always` / `never`, 256 connections", "", atLeast(0.4, 0.5), WRK),
  PUT_INTERVAL("PUT `w=3`, `FSYNC=always` / `interval:50ms`, 256 connections", "", null, WRK),
  PUT_ETCD_FSYNC("PUT `w=3`, `FSYNC=always` / etcd, five members", "", null, WRK, ETCD),
  PUT_POSTGRES(
      "PUT `w=3`, `FSYNC=always` / PostgreSQL, `ANY 1` of two standbys", "", null, WRK, POSTGRES),
  GET_LEASE("GET of a leader with a lease / in memory only", "", null, WRK),
  RESTART_LOG("restart after kill -9 per million 64-byte entries, log only", "s", null, WRK),
  RESTART_SNAPSHOT("restart after kill -9 per million 64-byte entries, snapshot", "s", null, WRK),
  DISK_LOG("data directory per million 64-byte entries, log only", "MB", null, WRK),
  DISK_SNAPSHOT("data directory per million 64-byte entries, snapshot", "MB", null, WRK),
  CATCH_UP("catch-up of a follower that was down", "entries/s", null, WRK),
  CATCH_UP_WIPED("catch-up of a follower whose disk was wiped", "entries/s", null, WRK);

  private final String title;
  private final String unit;
  private final @Nullable Target target;
  private final List<Tool> tools;

  Row(String title, String unit, @Nullable Target target, Tool... tools) {
    this.title = title;
    this.unit = unit;
    this.target = target;
    this.tools = List.of(tools);
  }

  /** What is measured, in Markdown. */
  String title() {
    return title;
  }

  /** Of the figure; empty for a ratio or a count. */
  String unit() {
    return unit;
  }

  /** Null where it is reported only. */
  @Nullable Target target() {
    return target;
  }

  /** What has to be installed to measure it. */
  List<Tool> tools() {
    return tools;
  }

  /** As {@code --only} names it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
