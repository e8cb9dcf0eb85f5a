package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds figures in what tools print. */
final class Printed {
  private static final int LONGEST_EXCERPT = 120;

  private Printed() {}

  /**
   * The first group of the pattern's first match.
   *
   * @param tool who printed it
   * @param what the figure is
   * @throws Refusal in one line, with what was printed instead
   */
  static String find(String tool, String what, Pattern pattern, String printed) throws Refusal {
    Matcher matcher = pattern.matcher(printed);
    if (!matcher.find()) {
      throw unreadable(tool, what, printed);
    }
    return matcher.group(1);
  }

  /** That a tool did not print what was looked for. */
  static Refusal unreadable(String tool, String what, String printed) {
    return Refusal.failed(tool + ": no " + what + " in what it printed: " + excerpt(printed));
  }

  /** The beginning of what was printed, in one line. */
  static String excerpt(String printed) {
    String line = printed.strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "nothing";
    }
    return line.length() > LONGEST_EXCERPT ? line.substring(0, LONGEST_EXCERPT) + "..." : line;
  }
}
