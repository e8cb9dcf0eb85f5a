package io.quorate.loadgen;

import io.quorate.charts.Sweep;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of a sweep as its files have them, and in words. */
final class SettingsText {
  private SettingsText() {}

  static Sweep.Settings of(SweepSettings asked, NodeUrl leader, NodeStatus status) {
    Quota quota = asked.quota();
    Workload workload = asked.workload();
    boolean counted = quota.writes() != Long.MAX_VALUE;
    return new Sweep.Settings(
        leader.toString(),
        status.followers().size(),
        status.minDelayMs(),
        status.maxDelayMs(),
        asked.mode(),
        asked.connections(),
        asked.rate(),
        asked.arrivals(),
        asked.mix().reads(),
        asked.mix().readFrom(),
        workload.keys().keys(),
        workload.keys().distribution(),
        workload.keys().theta(),
        workload.minValueBytes(),
        workload.maxValueBytes(),
        counted ? (Long) quota.writes() : null,
        counted ? null : (Double) (quota.nanos() / 1e9),
        asked.warmup(),
        asked.rounds(),
        asked.timeout().toMillis(),
        workload.seed());
  }

  /**
   * What it runs on.
   *
   * @param own whether the nodes came out of the same jar as this code
   */
  static Sweep.Machine machine(NodeStatus status, boolean own) {
    String version = version();
    return new Sweep.Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        (own ? version + ", " : "") + "transport " + status.transport(),
        version);
  }

  private static String version() {
    @Nullable String packaged = SettingsText.class.getPackage().getImplementationVersion();
    return packaged == null ? "unpackaged" : packaged;
  }

  /** The load in two lines. */
  static List<String> load(Sweep.Settings settings) {
    String loop =
        settings.rate() == null
            ? "closed loops of 1 and " + settings.connections() + " connections"
            : String.format(
                Locale.ROOT,
                "open loop, %s/s, %s arrivals, at most %d connections",
                number(settings.rate()),
                Pass.word(Objects.requireNonNull(settings.arrivals())),
                settings.connections());
    String reads =
        settings.reads() == 0
            ? "writes"
            : number(100 * settings.reads()) + " % reads from " + Pass.word(settings.readFrom());
    String theta = settings.theta() == null ? "" : " (theta " + settings.theta() + ")";
    String bytes =
        settings.minValueBytes() == settings.maxValueBytes()
            ? settings.minValueBytes() + "-byte values"
            : "values of "
                + settings.minValueBytes()
                + " to "
                + settings.maxValueBytes()
                + " bytes";
    String requests =
        String.format(
            Locale.ROOT,
            "%s, %,d %s keys%s, %s",
            reads,
            settings.keys(),
            Pass.word(settings.keyDistribution()),
            theta,
            bytes);
    return List.of(loop, requests);
  }

  /** How much a pass measures. */
  static String length(Sweep.Settings settings) {
    return settings.writes() == null
        ? settings.durationSeconds() + " s"
        : String.format(Locale.ROOT, "%,d writes", settings.writes());
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(value);
  }
}
