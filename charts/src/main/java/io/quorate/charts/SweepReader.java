package io.quorate.charts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a sweep's records out of the JSON that {@link SweepFile} draws, and refuses all else. */
final class SweepReader {
  private static final int MAX_FOLLOWERS = 10_000;

  private SweepReader() {}

  static Sweep sweep(JsonValue json) throws UnusableSweepException {
    JsonValue schema = json.field("schema");
    if (schema.integer(0, Integer.MAX_VALUE) != Sweep.SCHEMA) {
      throw schema.unexpected(Sweep.SCHEMA + ", the schema this program reads");
    }
    JsonValue startedAt = json.field("started_at");
    Sweep.Settings settings = settings(json.field("settings"));
    Sweep.Machine machine = machine(json.field("machine"));
    List<Sweep.Pass> passes = new ArrayList<>();
    for (JsonValue pass : json.field("passes").items()) {
      passes.add(pass(pass, settings.followers()));
    }
    boolean complete = json.field("complete").flag();
    Sweep.Proof proof = proof(json.field("proof"));
    json.end();
    return new Sweep(
        Sweep.SCHEMA, instant(startedAt), settings, machine, List.copyOf(passes), complete, proof);
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

  private static Sweep.Settings settings(JsonValue json) throws UnusableSweepException {
    Sweep.Settings settings =
        new Sweep.Settings(
            json.field("leader").text(),
            json.field("followers").integer(1, MAX_FOLLOWERS),
            json.field("min_delay_ms").measure("milliseconds"),
            json.field("max_delay_ms").measure("milliseconds"),
            json.field("writes_per_pass").integer(0, Integer.MAX_VALUE),
            json.field("opening_warmup_writes").integer(0, Integer.MAX_VALUE),
            json.field("warmup_writes_per_pass").integer(0, Integer.MAX_VALUE),
            json.field("timeout_ms").whole(1, Long.MAX_VALUE),
            json.field("keys").integer(1, Integer.MAX_VALUE),
            json.field("value_bytes").integer(0, Integer.MAX_VALUE),
            json.field("seed").whole(Long.MIN_VALUE, Long.MAX_VALUE));
    json.end();
    return settings;
  }

  private static Sweep.Machine machine(JsonValue json) throws UnusableSweepException {
    Sweep.Machine machine =
        new Sweep.Machine(
            json.field("os").text(),
            json.field("java").text(),
            json.field("processors").integer(1, Integer.MAX_VALUE),
            json.field("server").text());
    json.end();
    return machine;
  }

  private static Sweep.Pass pass(JsonValue json, int followers) throws UnusableSweepException {
    JsonValue load = json.field("load");
    if (!Sweep.LOADS.contains(load.text())) {
      throw load.unexpected("one of " + String.join(", ", Sweep.LOADS));
    }
    long writes = json.field("writes").whole(0, Long.MAX_VALUE);
    Sweep.Pass pass =
        new Sweep.Pass(
            load.text(),
            json.field("write_quorum").integer(0, followers),
            json.field("connections").integer(1, Integer.MAX_VALUE),
            writes,
            json.field("errors").whole(0, Long.MAX_VALUE),
            json.field("seconds").measure("seconds"),
            latency(json.field("latency"), writes),
            json.field("complete").flag(),
            json.field("histogram_file").text());
    json.end();
    return pass;
  }

  private static Sweep.@Nullable Latency latency(JsonValue json, long writes)
      throws UnusableSweepException {
    if (writes == 0) {
      if (!json.isNull()) {
        throw json.unexpected("null, for the pass has no writes");
      }
      return null;
    }
    Sweep.Latency latency =
        new Sweep.Latency(
            json.field("mean_us").measure("microseconds"),
            json.field("p50_us").measure("microseconds"),
            json.field("p90_us").measure("microseconds"),
            json.field("p99_us").measure("microseconds"),
            json.field("p999_us").measure("microseconds"),
            json.field("max_us").measure("microseconds"));
    json.end();
    return latency;
  }

  private static Sweep.@Nullable Proof proof(JsonValue json) throws UnusableSweepException {
    if (json.isNull()) {
      return null;
    }
    JsonValue digest = json.field("digest");
    List<String> problems = new ArrayList<>();
    for (JsonValue problem : json.field("problems").items()) {
      problems.add(problem.text());
    }
    Sweep.Proof proof =
        new Sweep.Proof(
            json.field("converged").flag(),
            json.field("nodes").integer(0, Integer.MAX_VALUE),
            json.field("keys").integer(0, Integer.MAX_VALUE),
            digest.isNull() ? null : digest.text(),
            List.copyOf(problems));
    json.end();
    return proof;
  }
}
