package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alerts ask for nothing that no node shows. */
final class WatchersTest {

  private static final Path DASHBOARD = Path.of("../docker/grafana/dashboards/quorate.json");
  private static final Path ALERTS = Path.of("../docker/prometheus/alerts.yml");
  private static final Path SCRAPES = Path.of("../docker/prometheus/prometheus.yml");

  private static final Pattern NO_NAMES =
      Pattern.compile(
          "\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]|\\w+ +(by|without) *\\([^)]*\\)|\\b(on|ignoring) *\\([^)]*\\)|\\w+ *(?=\\()");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
  private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset");

  /** Prometheus adds it itself. */
  private static final String UP = "up";

  /** The metrics that an expression asks for. */
  private static Set<String> names(String expression) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(NO_NAMES.matcher(expression).replaceAll(" "))
        .results()
        .map(MatchResult::group)
        .filter(name -> !WORDS.contains(name))
        .forEach(names::add);
    return names;
  }

  private static List<String> ofDashboard() throws Exception {
    List<String> expressions = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(DASHBOARD.toFile())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "expr".equals(json.currentName())) {
          expressions.add(json.getText());
        }
      }
    }
    return expressions;
  }

  private static List<String> ofAlerts() throws Exception {
    return Files.readAllLines(ALERTS).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("expr: "))
        .map(line -> line.substring("expr: ".length()))
        .toList();
  }

  @Test
  void everyExpressionAsksForWhatThereIs(@TempDir Path disks) throws Exception {
    List<String> expressions = new ArrayList<>(ofDashboard());
    expressions.addAll(ofAlerts());
    assertThat(ofDashboard()).hasSizeGreaterThan(20);
    assertThat(ofAlerts()).hasSizeGreaterThan(10);
    try (SmallCluster cluster = new SmallCluster(disks)) {
      cluster.send("PUT", cluster.leader(), "/v1/kv/k?w=all", "value");
      Set<String> there = cluster.scrape(cluster.leader()).names();
      there.add(UP);
      for (String expression : expressions) {
        assertThat(there).as(expression).containsAll(names(expression));
        assertThat(names(expression)).as(expression).isNotEmpty();
      }
    }
  }

  @Test
  void namesAreFoundWhereverTheyStand() {
    assertThat(names("sum by (a, le) (rate(b_total{c=\"d\"}[5m])) / on(e) f * 2 > bool g and h"))
        .containsExactly("b_total", "f", "g", "h");
    assertThat(names("histogram_quantile(0.99, sum by (le) (rate(gone_bucket[$__rate_interval])))"))
        .containsExactly("gone_bucket");
  }

  @Test
  void everyNodeOfTheComposeFileIsScraped() throws Exception {
    String compose = Files.readString(Path.of("../docker-compose.yml"));
    List<String> nodes =
        Pattern.compile("hostname: (\\S+)\\s+environment:[^:]+:[^:]+: \\w+\\s+PORT: (\\d+)")
            .matcher(compose.replace("<<: *environment", "<<: environment"))
            .results()
            .map(node -> node.group(1) + ":" + node.group(2))
            .toList();
    assertThat(nodes).hasSize(6);
    assertThat(Files.readAllLines(SCRAPES))
        .map(line -> line.replaceAll("^ *- ", ""))
        .containsAll(nodes);
  }
}
