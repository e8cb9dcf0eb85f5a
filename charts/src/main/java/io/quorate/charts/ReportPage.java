package io.quorate.charts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The one page that shows a sweep: no script, and nothing fetched from anywhere. */
final class ReportPage {
  private static final String STYLE = style();

  private final Html html = new Html();
  private final Sweep sweep;

  private ReportPage(Sweep sweep) {
    this.sweep = sweep;
  }

  static String of(Sweep sweep, List<Picture> pictures) {
    return new ReportPage(sweep).page(pictures);
  }

  private String page(List<Picture> pictures) {
    String mode = sweep.settings().mode() == Sweep.Mode.OPEN ? "open loop" : "closed loop";
    String title = "Quorate sweep, " + mode + ", " + sweep.startedAt();
    html.asItIs("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.asItIs("<meta charset=\"utf-8\">\n");
    html.asItIs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.asItIs("<meta name=\"color-scheme\" content=\"light dark\">\n");
    html.element("title", sweep.complete() ? title : "PARTIAL: " + title);
    html.open("style").asItIs(STYLE).close("style").close("head").open("body");
    html.element("h1", "What each write quorum costs");
    html.element("p", title, "class", "lead");
    for (String reservation : Caption.reservations(sweep)) {
      html.element("p", reservation, "class", "warning", "role", "alert");
    }
    proof();
    settings();
    new ReportTables(html, sweep).write();
    pictures(pictures);
    counts();
    html.close("body").close("html");
    return html.toString();
  }

  private void proof() {
    html.element("h2", "Convergence");
    Sweep.Proof proof = sweep.proof();
    if (proof == null) {
      html.element("p", "The sweep ended before it came to the proof.");
      return;
    }
    html.element(
        "p",
        (proof.converged() ? "Converged: " : "Not converged: ")
            + "%s keys read from each of %s nodes and compared; digest: %s."
                .formatted(
                    Numbers.grouped(proof.keys()),
                    Numbers.grouped(proof.nodes()),
                    proof.digest() == null ? "none told" : proof.digest()),
        "class",
        proof.converged() ? "good" : "warning");
    html.open("ul");
    proof.problems().forEach(problem -> html.element("li", problem));
    html.close("ul");
  }

  private void settings() {
    Sweep.Settings settings = sweep.settings();
    Sweep.Machine machine = sweep.machine();
    html.element("h2", "Settings").open("dl");
    pair("Mode", Caption.mode(settings));
    pair("Leader", settings.leader());
    pair("Followers", Numbers.grouped(settings.followers()));
    pair(
        "Injected delay",
        "%s to %s ms, uniform, on every link, drawn anew for every write"
            .formatted(Numbers.plain(settings.minDelayMs()), Numbers.plain(settings.maxDelayMs())));
    pair("Mix", Caption.mix(settings));
    pair("Keys", Caption.keys(settings));
    pair("Values", Caption.values(settings));
    pair("Length", Caption.length(settings));
    pair("Warm-up", settings.warmup());
    pair("Timeout", Numbers.grouped((double) settings.timeoutMs()) + " ms");
    pair("Seed", String.valueOf(settings.seed()));
    pair("Machine", machine.os() + ", processors: " + machine.processors());
    pair("Java", machine.java());
    pair("Server", machine.server());
    pair("Load generator", machine.loadgen());
    html.close("dl");
    html.element("p", "Command:").open("div", "class", "wide");
    html.element("pre", Caption.command(sweep)).close("div");
  }

  private void pair(String name, String value) {
    html.element("dt", name).element("dd", value);
  }

  private void pictures(List<Picture> pictures) {
    html.element("h2", "Charts");
    if (pictures.isEmpty()) {
      html.element("p", "Nothing was measured, so there is nothing to draw.");
    }
    for (Picture picture : pictures) {
      html.open("figure").open("div", "class", "wide");
      html.asItIs(new String(picture.svgForPage(), StandardCharsets.UTF_8));
      html.close("div").open("figcaption");
      picture.caption().forEach(line -> html.element("p", line));
      html.close("figcaption").close("figure");
    }
  }

  private void counts() {
    if (!sweep.completions().isEmpty()) {
      html.element("h2", "Who completed the quorum");
      html.element("p", "Writes in which each follower's acknowledgement was the w-th.");
      html.open("div", "class", "wide").open("table");
      List<String> followers = CompletionPicture.followers(sweep);
      List<String> header = new ArrayList<>(List.of("w"));
      header.addAll(followers);
      html.row("th", header);
      for (Sweep.Completions completions : sweep.completions()) {
        List<String> cells = new ArrayList<>(List.of(String.valueOf(completions.quorum())));
        for (String follower : followers) {
          long count = CompletionPicture.count(completions, follower);
          double share = CompletionPicture.share(completions, follower);
          cells.add(Numbers.grouped((double) count) + " (" + Numbers.percent(share) + ")");
        }
        html.row("td", cells);
      }
      html.close("table").close("div");
    }
    if (!sweep.links().isEmpty()) {
      html.element("h2", "Round trips of the links");
      html.element(
          "p",
          "From handing a batch over to its answer, as the leader saw it; ms. Cumulative since its "
              + "leadership began, over all passes: warm-up, light, loaded, open loop and those at "
              + "zero lag. "
              + ReportTables.FEW_MARK
              + " fewer than 10 round trips lie beyond it: not a fact.");
      html.open("div", "class", "wide").open("table");
      html.row("th", List.of("follower", "round trips", "p50", "p90", "p99", "max"));
      for (Sweep.Link link : sweep.links()) {
        html.row(
            "td",
            List.of(
                link.follower(),
                Numbers.grouped((double) link.count()),
                roundTrip(link, Statistic.P50, link.p50()),
                roundTrip(link, Statistic.P90, link.p90()),
                roundTrip(link, Statistic.P99, link.p99()),
                Numbers.ms(link.max())));
      }
      html.close("table").close("div");
    }
  }

  private static String roundTrip(Sweep.Link link, Statistic statistic, double us) {
    return Numbers.ms(us) + (statistic.isFewOf(link.count()) ? ReportTables.FEW_MARK : "");
  }

  private static String style() {
    try (InputStream resource = ReportPage.class.getResourceAsStream("report.css")) {
      if (resource == null) {
        throw new IllegalStateException("report.css is missing from the jar");
      }
      String page = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      return page + "@media (prefers-color-scheme: dark){" + Style.DARK_RULES + "}\n";
    } catch (IOException e) {
      throw new UncheckedIOException("the page's style cannot be read", e);
    }
  }
}
