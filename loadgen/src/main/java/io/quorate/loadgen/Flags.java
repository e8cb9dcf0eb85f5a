package io.quorate.loadgen;

import java.time.Duration;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the values of flags. What a flag does not take is a {@link Refusal} that names it. */
final class Flags {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Flags() {}

  static int whole(String flag, String got, int least, int most) throws Refusal {
    try {
      int value = Integer.parseInt(got);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notWhole) {
      // Refused below, as a number out of range is.
    }
    throw Refusal.flag(flag, got, "a whole number from " + least + " to " + most);
  }

  static long seed(String flag, String got) throws Refusal {
    try {
      return Long.parseLong(got);
    } catch (NumberFormatException notWhole) {
      throw Refusal.flag(flag, got, "a whole number of at most 64 bits");
    }
  }

  /** Milliseconds, decimals allowed. */
  static double milliseconds(String flag, String got, double most) throws Refusal {
    try {
      double value = Double.parseDouble(got);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, as a number out of range is.
    }
    throw Refusal.flag(flag, got, "milliseconds from 0 to " + (long) most + ", decimals allowed");
  }

  /** A time such as {@code 250ms} or {@code 5s}. */
  static Duration duration(String flag, String got) throws Refusal {
    Matcher matcher = DURATION.matcher(got);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration value =
          matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
      if (!value.isZero() && value.compareTo(LONGEST) <= 0) {
        return value;
      }
    }
    throw Refusal.flag(flag, got, "a time from 1ms to 600s, such as 250ms or 5s");
  }

  /** Write quorums such as {@code 1-5}, {@code 3} or {@code 1,3,5}, ascending, each once. */
  static NavigableSet<Integer> quorums(String flag, String got, int most) throws Refusal {
    NavigableSet<Integer> quorums = new TreeSet<>();
    for (String part : got.split(",", -1)) {
      Matcher matcher = RANGE.matcher(part);
      if (!matcher.matches()) {
        throw notQuorums(flag, got, most);
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first < 1 || last < first || last > most) {
        throw notQuorums(flag, got, most);
      }
      IntStream.rangeClosed(first, last).forEach(quorums::add);
    }
    return quorums;
  }

  private static Refusal notQuorums(String flag, String got, int most) {
    return Refusal.flag(
        flag,
        got,
        "write quorums from 1 to the number of followers, here "
            + most
            + ", such as 1-"
            + most
            + " or 1,"
            + most);
  }

  static NodeUrl url(String flag, String got) throws Refusal {
    NodeUrl url = NodeUrl.parse(got);
    if (url == null) {
      throw Refusal.flag(flag, got, NodeUrl.TAKES);
    }
    return url;
  }
}
