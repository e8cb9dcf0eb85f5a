package io.quorate.charts;

/** Makes a sweep's settings out of their JSON. */
final class SettingsReader {
  private static final int MAX_FOLLOWERS = 10_000;

  private SettingsReader() {}

  static Sweep.Settings settings(JsonValue json) throws UnusableSweepException {
    double minDelayMs = json.field("min_delay_ms").measure("milliseconds");
    double maxDelayMs = json.field("max_delay_ms").measure("milliseconds");
    if (maxDelayMs < minDelayMs) {
      throw json.field("max_delay_ms").unexpected("min_delay_ms, " + minDelayMs + ", or more");
    }
    Sweep.Mode mode = json.field("mode").word(Sweep.Mode.class);
    boolean open = mode == Sweep.Mode.OPEN;
    JsonValue rate = json.field("rate").presentOnlyIf(open, "the mode is closed");
    JsonValue arrivals = json.field("arrivals").presentOnlyIf(open, "the mode is closed");
    Sweep.KeyDistribution keys = json.field("key_distribution").word(Sweep.KeyDistribution.class);
    boolean skewed = keys != Sweep.KeyDistribution.UNIFORM;
    JsonValue theta = json.field("theta").presentOnlyIf(skewed, "the keys are uniform");
    JsonValue writes = json.field("writes");
    JsonValue duration =
        json.field("duration_s").presentOnlyIf(writes.isNull(), "there is a number of writes");
    int minValueBytes = json.field("min_value_bytes").integer(0, Integer.MAX_VALUE);
    return new Sweep.Settings(
        json.field("leader").text(),
        json.field("followers").integer(1, MAX_FOLLOWERS),
        minDelayMs,
        maxDelayMs,
        mode,
        json.field("connections").integer(1, Integer.MAX_VALUE),
        open ? rate.measure("requests per second") : null,
        open ? arrivals.word(Sweep.Arrivals.class) : null,
        json.field("reads").share(),
        json.field("read_from").word(Sweep.ReadFrom.class),
        json.field("keys").integer(1, Integer.MAX_VALUE),
        keys,
        skewed ? theta.measure("skew") : null,
        minValueBytes,
        json.field("max_value_bytes").integer(minValueBytes, Integer.MAX_VALUE),
        writes.isNull() ? null : writes.whole(0, Long.MAX_VALUE),
        writes.isNull() ? duration.measure("seconds") : null,
        json.field("warmup").text(),
        json.field("rounds").integer(1, Integer.MAX_VALUE),
        json.field("timeout_ms").whole(1, Long.MAX_VALUE),
        json.field("seed").whole(Long.MIN_VALUE, Long.MAX_VALUE));
  }
}
