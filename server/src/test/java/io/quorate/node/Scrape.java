package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One answer of {@code /metrics} in the text format 0.0.4, read strictly and without the library
 * that wrote it: every family has a help and a type before its samples, every sample belongs to the
 * family that it stands in, none stands twice, and histograms add up.
 *
 * @param types by name of family, as the text has it
 * @param samples by name and labels, as the text has them
 */
record Scrape(Map<String, String> types, Map<String, Double> samples) {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(.*)})? (\\S+)");
  static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  static Scrape of(String text) {
    assertThat(text).endsWith("\n");
    Map<String, String> helps = new HashMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, Double> samples = new LinkedHashMap<>();
    String family = "";
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("# HELP ")) {
        String[] help = line.split(" ", 4);
        assertThat(help[3]).isNotBlank();
        assertThat(helps.put(help[2], help[3])).as("help of %s", help[2]).isNull();
      } else if (line.startsWith("# TYPE ")) {
        String[] type = line.split(" ", -1);
        family = type[2];
        assertThat(helps).containsKey(family);
        assertThat(type[3]).isIn("counter", "gauge", "histogram", "summary");
        assertThat(types.put(family, type[3])).as("type of %s", family).isNull();
      } else if (!line.isEmpty()) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(belongs(sample.group(1), family, types.getOrDefault(family, "")))
            .as(line)
            .isTrue();
        String key = sample.group(1) + Optional.ofNullable(sample.group(2)).orElse("");
        double value = Double.parseDouble(sample.group(4).replace("+Inf", "Infinity"));
        assertThat(samples.put(key, value)).as(key).isNull();
      }
    }
    Scrape scrape = new Scrape(types, samples);
    scrape.checkHistograms();
    return scrape;
  }

  private static boolean belongs(String name, String family, String type) {
    return switch (type) {
      case "histogram" -> Set.of("_bucket", "_sum", "_count").contains(rest(name, family));
      case "summary" -> Set.of("", "_sum", "_count").contains(rest(name, family));
      case "counter" -> name.equals(family) && name.endsWith("_total");
      default -> name.equals(family);
    };
  }

  private static String rest(String name, String family) {
    return name.startsWith(family) ? name.substring(family.length()) : name;
  }

  /** Buckets never fall, and the last, without a bound, holds as many as there are. */
  private void checkHistograms() {
    Map<String, Double> last = new HashMap<>();
    samples.forEach(
        (key, value) -> {
          if (key.contains("_bucket{")) {
            String without = key.replaceAll(",?le=\"[^\"]*\"", "").replace("_bucket", "_count");
            String series = without.replace("{}", "");
            assertThat(value).as(key).isGreaterThanOrEqualTo(last.getOrDefault(series, 0.0));
            last.put(series, value);
            if (key.contains("le=\"+Inf\"")) {
              assertThat(samples.get(series)).as(series).isEqualTo(value);
            }
          }
        });
  }

  double value(String sample) {
    assertThat(samples).containsKey(sample);
    return samples.getOrDefault(sample, Double.NaN);
  }

  /** All names that may stand in an expression. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    samples.keySet().forEach(key -> names.add(key.replaceAll("\\{.*", "")));
    return names;
  }

  /** Of counters and histograms: what may only grow. */
  Map<String, Double> growing() {
    Map<String, Double> growing = new LinkedHashMap<>(samples);
    growing.keySet().removeIf(key -> !key.matches(".*_(total|bucket|count|sum)(\\{.*)?"));
    return growing;
  }

  /** By how much the samples whose keys begin so have grown since; those that have not left out. */
  Map<String, Double> grownSince(Scrape before, String beginning) {
    Map<String, Double> grown = new TreeMap<>();
    samples.forEach(
        (key, value) -> {
          double by = value - before.samples().getOrDefault(key, 0.0);
          if (key.startsWith(beginning) && by != 0) {
            grown.put(key, by);
          }
        });
    return grown;
  }
}
