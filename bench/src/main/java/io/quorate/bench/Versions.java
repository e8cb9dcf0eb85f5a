package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tools say of their versions. */
final class Versions {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+");
  private static final String UNKNOWN = "of unknown version";

  private Versions() {}

  /** By the command of the tool; those that are not installed, too. That of jcmd is Java's own. */
  static Map<String, String> of(Bench bench) {
    Map<String, String> versions = new LinkedHashMap<>();
    for (Tool tool : EnumSet.complementOf(EnumSet.of(Tool.JCMD))) {
      Path found = tool.find();
      versions.put(tool.command(), found == null ? "not installed" : version(tool, found, bench));
    }
    return versions;
  }

  private static String version(Tool tool, Path found, Bench bench) {
    // wrk tells its version, and then that it was not told enough.
    List<String> command =
        List.of("sh", "-c", "\"$0\" " + tool.versionFlag() + "; true", found.toString());
    try {
      Matcher version =
          VERSION.matcher(
              Command.run(
                  tool.command(), command, bench.scratch(), LIMIT, bench.surroundings().stop()));
      return version.find() ? version.group() : UNKNOWN;
    } catch (Refusal untold) {
      return UNKNOWN;
    }
  }
}
