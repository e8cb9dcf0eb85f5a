package io.quorate.charts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a sweep's records out of the JSON that {@link SweepWriter} spells, and refuses all else.
 */
final class SweepReader {
  private SweepReader() {}

  static Sweep sweep(JsonValue json) throws UnusableSweepException {
    JsonValue schema = json.field("schema");
    if (schema.integer(0, Integer.MAX_VALUE) != Sweep.SCHEMA) {
      throw schema.unexpected(Sweep.SCHEMA + ", the schema this program reads");
    }
    Sweep.Settings settings = SettingsReader.settings(json.field("settings"));
    return new Sweep(
        instant(json.field("started_at")),
        json.field("complete").flag(),
        texts(json.field("command")),
        settings,
        machine(json.field("machine")),
        results(json.field("results"), settings.followers()),
        completions(json.field("completions"), settings.followers()),
        links(json.field("links")),
        proof(json.field("proof")));
  }

  private static String instant(JsonValue json) throws UnusableSweepException {
    String text = json.text();
    try {
      Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw json.unexpected("an instant such as 2026-11-22T14:00:00Z");
    }
    return text;
  }

  private static List<String> texts(JsonValue json) throws UnusableSweepException {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : json.items()) {
      texts.add(item.text());
    }
    return texts;
  }

  private static Sweep.Machine machine(JsonValue json) throws UnusableSweepException {
    return new Sweep.Machine(
        json.field("os").text(),
        json.field("java").text(),
        json.field("processors").integer(1, Integer.MAX_VALUE),
        json.field("server").text(),
        json.field("loadgen").text());
  }

  private static List<Sweep.Result> results(JsonValue json, int followers)
      throws UnusableSweepException {
    List<Sweep.Result> results = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonValue item : json.items()) {
      Sweep.Result result = result(item, followers);
      if (!names.add(result.name())) {
        throw item.unexpected("one result only of " + result.name());
      }
      results.add(result);
    }
    return results;
  }

  private static Sweep.Result result(JsonValue json, int followers) throws UnusableSweepException {
    Sweep.Load load = json.field("load").word(Sweep.Load.class);
    boolean open = load == Sweep.Load.OPEN;
    Sweep.Mode mode = json.field("mode").word(Sweep.Mode.class);
    if (open != (mode == Sweep.Mode.OPEN)) {
      throw json.field("mode").unexpected("the mode that fits the load " + Words.of(load));
    }
    JsonValue rate = json.field("rate_asked").presentOnlyIf(open, "the mode is closed");
    JsonValue reached = json.field("rate_reached").presentOnlyIf(open, "the mode is closed");
    JsonValue late = json.field("late_us").presentOnlyIf(open, "the mode is closed");
    long count = json.field("count").whole(0, Long.MAX_VALUE);
    JsonValue latency = json.field("latency").presentOnlyIf(count > 0, "no request was counted");
    return new Sweep.Result(
        load,
        mode,
        json.field("connections").integer(1, Integer.MAX_VALUE),
        open ? rate.measure("requests per second") : null,
        json.field("lag").word(Sweep.Lag.class),
        json.field("quorum").integer(0, followers),
        json.field("operation").word(Sweep.Operation.class),
        count,
        json.field("errors").whole(0, Long.MAX_VALUE),
        json.field("seconds").measure("seconds"),
        open ? reached.flag() : null,
        open ? late(late) : null,
        count > 0 ? latency(latency) : null,
        spectrum(json.field("spectrum")),
        json.field("rounds").integer(0, Integer.MAX_VALUE),
        json.field("complete").flag(),
        json.field("histogram_file").text(),
        json.field("hlog_tag").text());
  }

  private static Sweep.Late late(JsonValue json) throws UnusableSweepException {
    return new Sweep.Late(
        json.field("p99").measure("microseconds"), json.field("max").measure("microseconds"));
  }

  private static Sweep.Latency latency(JsonValue json) throws UnusableSweepException {
    double least = 0;
    for (String name : List.of("p50", "p90", "p99", "p999", "max")) {
      JsonValue value = json.field(name).field("value_us");
      if (value.measure("microseconds") < least) {
        throw value.unexpected("the percentile before, " + Numbers.plain(least) + ", or more");
      }
      least = value.measure("microseconds");
    }
    return new Sweep.Latency(
        figure(json.field("mean")),
        figure(json.field("p50")),
        figure(json.field("p90")),
        figure(json.field("p99")),
        figure(json.field("p999")),
        figure(json.field("max")));
  }

  private static Sweep.Figure figure(JsonValue json) throws UnusableSweepException {
    JsonValue low = json.field("low_us");
    JsonValue high = json.field("high_us").presentOnlyIf(!low.isNull(), "low_us is null too");
    if (!low.isNull() && high.measure("microseconds") < low.measure("microseconds")) {
      throw high.unexpected("low_us, " + low.content() + ", or more");
    }
    return new Sweep.Figure(
        json.field("value_us").measure("microseconds"),
        json.field("beyond").whole(0, Long.MAX_VALUE),
        low.isNull() ? null : low.measure("microseconds"),
        low.isNull() ? null : high.measure("microseconds"));
  }

  private static List<Sweep.Point> spectrum(JsonValue json) throws UnusableSweepException {
    List<Sweep.Point> points = new ArrayList<>();
    double last = 0;
    double least = 0;
    for (JsonValue item : json.items()) {
      List<JsonValue> pair = item.items();
      if (pair.size() != 2) {
        throw item.unexpected("a pair of percentile and microseconds");
      }
      double percentile = pair.get(0).measure("percent");
      if (percentile < last || percentile > 100) {
        throw pair.get(0).unexpected("a percentile from " + last + ", the one before, to 100");
      }
      double us = pair.get(1).measure("microseconds");
      if (us < least) {
        throw pair.get(1)
            .unexpected("the microseconds before, " + Numbers.plain(least) + ", or more");
      }
      points.add(new Sweep.Point(percentile, us));
      last = percentile;
      least = us;
    }
    return points;
  }

  private static List<Sweep.Completions> completions(JsonValue json, int followers)
      throws UnusableSweepException {
    List<Sweep.Completions> completions = new ArrayList<>();
    Set<Integer> quorums = new HashSet<>();
    for (JsonValue item : json.items()) {
      int quorum = item.field("quorum").integer(1, followers);
      if (!quorums.add(quorum)) {
        throw item.field("quorum").unexpected("each quorum once");
      }
      List<Sweep.Completion> counts = new ArrayList<>();
      for (JsonValue follower : item.field("followers").items()) {
        counts.add(
            new Sweep.Completion(
                follower.field("follower").text(),
                follower.field("count").whole(0, Long.MAX_VALUE / SettingsReader.MAX_FOLLOWERS)));
      }
      completions.add(new Sweep.Completions(quorum, counts));
    }
    return completions;
  }

  private static List<Sweep.Link> links(JsonValue json) throws UnusableSweepException {
    List<Sweep.Link> links = new ArrayList<>();
    for (JsonValue item : json.items()) {
      links.add(
          new Sweep.Link(
              item.field("follower").text(),
              item.field("count").whole(0, Long.MAX_VALUE),
              item.field("p50_us").measure("microseconds"),
              item.field("p90_us").measure("microseconds"),
              item.field("p99_us").measure("microseconds"),
              item.field("max_us").measure("microseconds")));
    }
    return links;
  }

  private static Sweep.@Nullable Proof proof(JsonValue json) throws UnusableSweepException {
    if (json.isNull()) {
      return null;
    }
    JsonValue digest = json.field("digest");
    return new Sweep.Proof(
        json.field("converged").flag(),
        json.field("nodes").integer(0, Integer.MAX_VALUE),
        json.field("keys").integer(0, Integer.MAX_VALUE),
        digest.isNull() ? null : digest.text(),
        texts(json.field("problems")));
  }
}
