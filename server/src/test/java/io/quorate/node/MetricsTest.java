package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /metrics} of a leader and its followers, as Prometheus reads it. */
final class MetricsTest {

  private static final Pattern TOLD =
      Pattern.compile("(?m)^\\| `(quorate_\\w+)` \\| (\\w+) \\| ([^|]*)\\| ([^|]*)\\|");

  /** A metric that is measured in what its name does not end with has no unit. */
  private static final Pattern UNIT = Pattern.compile(".*(seconds|bytes)(_total)?");

  private SmallCluster cluster;

  @BeforeEach
  void start(@TempDir Path disks) throws Exception {
    cluster = new SmallCluster(disks);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void expect(int status, String method, String node, String path, String body)
      throws Exception {
    assertThat(cluster.send(method, node, path, body).statusCode()).as(path).isEqualTo(status);
  }

  @Test
  void writesReadsAndRefusalsAreCountedByWhatClientsWereTold() throws Exception {
    String leader = cluster.leader();
    Scrape before = cluster.scrape(leader);
    for (int i = 0; i < 3; i++) {
      expect(200, "PUT", leader, "/v1/kv/a%20key", "value");
    }
    expect(200, "PUT", leader, "/v1/kv/k?w=0", "value");
    expect(200, "DELETE", leader, "/v1/kv/k?w=1", "");
    expect(400, "PUT", leader, "/v1/kv/k?w=9", "value");
    expect(413, "PUT", leader, "/v1/kv/k", "v".repeat(1001));
    assertThat(cluster.send("PUT", leader, "/v1/kv/k", "value", "If-Match", "\"9.9\"").statusCode())
        .isEqualTo(412);
    expect(200, "GET", leader, "/v1/kv/a%20key", "");
    expect(200, "HEAD", leader, "/v1/kv/a%20key?consistency=local", "");
    expect(404, "GET", leader, "/v1/kv/k", "");
    expect(400, "GET", leader, "/v1/kv/k?consistency=some", "");
    expect(404, "GET", leader, "/v1/nothing", "");
    expect(405, "POST", leader, "/v1/status", "");
    Scrape after = cluster.scrape(leader);
    assertThat(after.grownSince(before, "quorate_writes_total"))
        .isEqualTo(
            Map.of(
                "quorate_writes_total{outcome=\"confirmed\"}", 5.0,
                "quorate_writes_total{outcome=\"not_applied\"}", 3.0));
    assertThat(after.grownSince(before, "quorate_reads_total"))
        .isEqualTo(
            Map.of(
                "quorate_reads_total{outcome=\"found\"}", 2.0,
                "quorate_reads_total{outcome=\"not_found\"}", 1.0,
                "quorate_reads_total{outcome=\"refused\"}", 1.0));
    assertThat(after.grownSince(before, "quorate_refusals_total"))
        .isEqualTo(
            Map.of(
                refusals("write", "bad_request"), 1.0,
                refusals("write", "too_large"), 1.0,
                refusals("write", "condition_unmet"), 1.0,
                refusals("read", "bad_request"), 1.0,
                refusals("other", "bad_request"), 1.0));
    assertThat(after.grownSince(before, "quorate_write_duration_seconds_count"))
        .isEqualTo(
            Map.of(
                "quorate_write_duration_seconds_count{w=\"0\"}", 1.0,
                "quorate_write_duration_seconds_count{w=\"1\"}", 1.0,
                "quorate_write_duration_seconds_count{w=\"2\"}", 3.0));
    assertThat(sum(after.grownSince(before, "quorate_quorum_completions_total"))).isEqualTo(4);
  }

  private static String refusals(String request, String reason) {
    return "quorate_refusals_total{reason=\"" + reason + "\",request=\"" + request + "\"}";
  }

  private static double sum(Map<String, Double> grown) {
    return grown.values().stream().mapToDouble(by -> by).sum();
  }

  @Test
  void followerCountsWhatItSendsToItsLeader() throws Exception {
    String follower = cluster.follower();
    expect(200, "PUT", cluster.leader(), "/v1/kv/k?w=all", "value");
    Scrape before = cluster.scrape(follower);
    expect(307, "PUT", follower, "/v1/kv/k", "value");
    expect(307, "GET", follower, "/v1/kv/k?consistency=confirmed", "");
    expect(200, "GET", follower, "/v1/kv/k", "");
    Scrape after = cluster.scrape(follower);
    assertThat(after.grownSince(before, "quorate_refusals_total"))
        .isEqualTo(
            Map.of(refusals("write", "redirected"), 1.0, refusals("read", "redirected"), 1.0));
    assertThat(after.grownSince(before, "quorate_writes_total"))
        .isEqualTo(Map.of("quorate_writes_total{outcome=\"not_applied\"}", 1.0));
    assertThat(after.grownSince(before, "quorate_reads_total"))
        .isEqualTo(
            Map.of(
                "quorate_reads_total{outcome=\"found\"}", 1.0,
                "quorate_reads_total{outcome=\"refused\"}", 1.0));
    assertThat(after.value("quorate_leader")).isZero();
    assertThat(after.value("quorate_keys")).isOne();
  }

  @Test
  void unconfirmedWritesShowAsSuchAndAsLag() throws Exception {
    String leader = cluster.leader();
    Scrape before = cluster.scrape(leader);
    assertThat(before.value("quorate_pending_writes{state=\"overdue\"}")).isZero();
    assertThat(before.value("quorate_confirmation_lag_seconds")).isZero();
    expect(200, "PATCH", leader, "/v1/config", "{\"min_delay_ms\":60000,\"max_delay_ms\":60000}");
    expect(504, "PUT", leader, "/v1/kv/k?timeout=50ms", "value");
    Scrape after = cluster.scrape(leader);
    assertThat(after.grownSince(before, "quorate_writes_total"))
        .isEqualTo(Map.of("quorate_writes_total{outcome=\"unconfirmed\"}", 1.0));
    assertThat(after.value("quorate_pending_writes{state=\"overdue\"}")).isOne();
    assertThat(after.value("quorate_pending_bytes")).isPositive();
    assertThat(after.value("quorate_backlog_bytes")).isPositive();
    // Given 50 ms before its answer, to a tick.
    assertThat(after.value("quorate_confirmation_lag_seconds")).isBetween(0.01, 60.0);
    assertThat(after.grownSince(before, "quorate_follower_lag_versions")).hasSize(2);
    assertThat(after.grownSince(before, "quorate_follower_lag_seconds")).hasSize(2);
    assertThat(after.grownSince(before, "quorate_follower_in_flight")).hasSize(2);
  }

  @Test
  void leaderShowsItselfItsFollowersAndItsDisk() throws Exception {
    expect(200, "PUT", cluster.leader(), "/v1/kv/k?w=all", "value");
    Scrape scrape = cluster.scrape(cluster.leader());
    assertThat(scrape.value("quorate_serving")).isOne();
    assertThat(scrape.value("quorate_ready")).isOne();
    assertThat(scrape.value("quorate_epoch")).isPositive();
    assertThat(scrape.value("quorate_last_version")).isOne();
    assertThat(scrape.value("quorate_connections")).isPositive();
    assertThat(scrape.value("quorate_lease_left_seconds")).isPositive();
    String follower = "{follower=\"" + cluster.follower().replace("http://", "") + "\"}";
    assertThat(scrape.value("quorate_follower_connected" + follower)).isOne();
    assertThat(scrape.value("quorate_replication_round_trip_seconds_count" + follower)).isOne();
    assertThat(scrape.value("quorate_replication_round_trip_seconds_sum" + follower)).isPositive();
    assertThat(scrape.value("quorate_follower_sent_bytes_total" + follower)).isPositive();
    assertThat(scrape.value("quorate_log_force_seconds_count")).isPositive();
    assertThat(scrape.value("quorate_log_room_bytes")).isPositive();
    assertThat(scrape.value("quorate_log_bytes")).isPositive();
    assertThat(scrape.value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
    assertThat(scrape.value("quorate_netty_memory_bytes{area=\"direct\"}")).isPositive();
  }

  @Test
  void countersOnlyGrow() throws Exception {
    for (String node : new String[] {cluster.leader(), cluster.follower()}) {
      Map<String, Double> before = cluster.scrape(node).growing();
      expect(200, "PUT", cluster.leader(), "/v1/kv/k?w=all", "value");
      expect(200, "GET", node, "/v1/kv/k", "");
      Map<String, Double> after = cluster.scrape(node).growing();
      assertThat(before).isNotEmpty();
      before.forEach(
          (key, value) -> assertThat(after.get(key)).as(key).isGreaterThanOrEqualTo(value));
    }
  }

  @Test
  void nothingThatAClientSentIsALabel() throws Exception {
    String leader = cluster.leader();
    Set<String> before = cluster.scrape(leader).samples().keySet();
    for (int i = 0; i < 50; i++) {
      String mark = "mark" + i;
      cluster.send("PUT", leader, "/v1/kv/" + mark + "?w=2&" + mark + "=" + mark, mark, mark, mark);
      cluster.get(leader, "/v1/kv/" + mark);
      cluster.get(leader, "/" + mark);
      cluster.send("PUT", leader, "/v1/kv/k?w=" + mark, mark);
      cluster.send(mark.toUpperCase(java.util.Locale.ROOT), leader, "/v1/kv/k", mark);
    }
    HttpResponse<String> answer = cluster.get(leader, "/metrics");
    assertThat(answer.body()).doesNotContainIgnoringCase("mark");
    Set<String> grown = new TreeSet<>(Scrape.of(answer.body()).samples().keySet());
    grown.removeAll(before);
    assertThat(grown)
        .allMatch(key -> key.matches(".*(w=\"2\"|jvm_|process_).*"), "of a quorum met first");
  }

  @Test
  void headAndOpenMetricsAreAnsweredByBothRoles() throws Exception {
    for (String node : new String[] {cluster.leader(), cluster.follower()}) {
      HttpResponse<String> text = cluster.get(node, "/metrics");
      assertThat(text.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
      assertThat(text.headers().firstValue("vary")).hasValue("accept");
      HttpResponse<String> head = cluster.send("HEAD", node, "/metrics", "");
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValueAsLong("content-length").orElse(0)).isPositive();
      HttpResponse<String> open =
          cluster.get(
              node,
              "/metrics",
              "Accept",
              "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
      assertThat(open.headers().firstValue("content-type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text"));
      assertThat(open.body()).endsWith("# EOF\n");
    }
  }

  @Test
  void theDocumentTellsOfEachMetricWithItsTypeLabelsAndWhoHasIt() throws Exception {
    expect(200, "PUT", cluster.leader(), "/v1/kv/k?w=all", "value");
    Scrape leader = cluster.scrape(cluster.leader());
    Scrape follower = cluster.scrape(cluster.follower());
    Map<String, String> told = new TreeMap<>();
    Matcher row = TOLD.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (row.find()) {
      told.put(row.group(1), row.group(2));
      assertThat(labels(leader, row.group(1)))
          .as(row.group(1))
          .isEqualTo(row.group(3).replaceAll("[` ]", ""));
      assertThat(follower.types().containsKey(row.group(1)))
          .as("%s on a follower", row.group(1))
          .isEqualTo(!row.group(4).contains("leader"));
    }
    Map<String, String> shown = new TreeMap<>(leader.types());
    shown.keySet().removeIf(name -> !name.startsWith("quorate_"));
    assertThat(told).isEqualTo(shown);
    assertThat(leader.types()).containsAllEntriesOf(quorates(follower));
    shown.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            assertThat(name).matches(UNIT);
          }
        });
  }

  private static Map<String, String> quorates(Scrape scrape) {
    Map<String, String> types = new TreeMap<>(scrape.types());
    types.keySet().removeIf(name -> !name.startsWith("quorate_"));
    return types;
  }

  /** In the order of the first sample, which is the library's; the one of buckets left out. */
  private static String labels(Scrape scrape, String family) {
    Set<String> labels = new TreeSet<>(java.util.Comparator.reverseOrder());
    scrape.samples().keySet().stream()
        .filter(key -> key.matches(family + "(_bucket|_count|_sum)?(\\{.*)?"))
        .flatMap(key -> Scrape.LABEL.matcher(key).results())
        .map(label -> label.group(1))
        .filter(name -> !name.equals("le"))
        .forEach(labels::add);
    return String.join(",", labels);
  }

  @Test
  void aTextThatBreaksTheFormatIsFound() {
    String histogram = "# HELP h t\n# TYPE h histogram\n";
    String family = "# HELP a_total text\n# TYPE a_total counter\n";
    assertThat(Scrape.of(family + "a_total{b=\"c\"} 1\n").value("a_total{b=\"c\"}")).isOne();
    Stream.of(
            "a_total 1\n",
            family + "b_total 1\n",
            family + "a_total 1\na_total 2\n",
            "# TYPE a_total counter\na_total 1\n",
            family.replace("_total", "") + "a 1\n",
            histogram + "h_bucket{le=\"1.0\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n",
            histogram + "h_bucket{le=\"+Inf\"} 1\nh_count 2\nh_sum 1\n")
        .forEach(
            broken ->
                assertThatThrownBy(() -> Scrape.of(broken))
                    .as(broken)
                    .isInstanceOfAny(AssertionError.class, NullPointerException.class));
  }

  @Test
  void roundTripsAreThoseOfTheStatus() throws Exception {
    for (int i = 0; i < 20; i++) {
      expect(200, "PUT", cluster.leader(), "/v1/kv/k?w=all", "value");
    }
    Matcher count =
        Pattern.compile("\"round_trip\":\\{\"count\":(\\d+)")
            .matcher(cluster.get(cluster.leader(), "/v1/status").body());
    Scrape scrape = cluster.scrape(cluster.leader());
    double told = 0;
    while (count.find()) {
      told += Double.parseDouble(count.group(1));
    }
    double shown =
        scrape.samples().entrySet().stream()
            .filter(of -> of.getKey().startsWith("quorate_replication_round_trip_seconds_count"))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    assertThat(told).isPositive().isEqualTo(shown);
    await().until(() -> cluster.scrape(cluster.follower()).value("quorate_applied_version") == 20);
  }
}
