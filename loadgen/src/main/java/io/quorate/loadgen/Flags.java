package io.quorate.loadgen;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads the values of flags. What a flag does not take is a {@link Refusal} that names it. */
public final class Flags {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s)");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)(?:/s)?");
  private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final double LEAST_RATE = 1;
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

  private Flags() {}

  public static int whole(String flag, String got, int least, int most) throws Refusal {
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
    return duration(flag, got, LONGEST_TIMEOUT);
  }

  /** As {@link #duration(String, String)}, of at most {@code longest}. */
  static Duration duration(String flag, String got, Duration longest) throws Refusal {
    Matcher matcher = DURATION.matcher(got);
    if (matcher.matches()) {
      long amount = Long.parseLong(matcher.group(1));
      Duration value =
          matcher.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
      if (!value.isZero() && value.compareTo(longest) <= 0) {
        return value;
      }
    }
    throw Refusal.flag(
        flag, got, "a time from 1ms to " + longest.toSeconds() + "s, such as 250ms or 5s");
  }

  /** As {@link #duration(String, String)}, or {@code 0s} for none. */
  static Duration durationOrNone(String flag, String got) throws Refusal {
    return got.equals("0s") || got.equals("0ms") ? Duration.ZERO : duration(flag, got);
  }

  /** A time as {@link #duration(String, String)} reads it. */
  static String shown(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
  }

  /** Requests per second, such as {@code 2000/s} or {@code 2000}, decimals allowed. */
  static double rate(String flag, String got, double most) throws Refusal {
    Matcher matcher = RATE.matcher(got);
    if (matcher.matches()) {
      double value = Double.parseDouble(matcher.group(1));
      if (value >= LEAST_RATE && value <= most) {
        return value;
      }
    }
    throw Refusal.flag(
        flag,
        got,
        "requests per second from "
            + (long) LEAST_RATE
            + " to "
            + (long) most
            + ", such as 2000/s");
  }

  /** A number between two bounds, decimals allowed. */
  static double number(String flag, String got, double least, double most) throws Refusal {
    try {
      double value = Double.parseDouble(got);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // Refused below, as a number out of range is.
    }
    throw Refusal.flag(flag, got, "a number from " + least + " to " + most);
  }

  /** One word of an enum's, in lower case. */
  static <E extends Enum<E>> E word(String flag, String got, Class<E> type) throws Refusal {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Pass::word).toList();
    int at = words.indexOf(got);
    if (at < 0) {
      throw Refusal.flag(flag, got, String.join(", ", words));
    }
    return type.getEnumConstants()[at];
  }

  /** Two whole numbers such as {@code 16-1024}, or one such as {@code 64} for both. */
  static int[] wholeRange(String flag, String got, int least, int most) throws Refusal {
    String takes =
        "a whole number from " + least + " to " + most + ", or two of them such as 16-1024";
    String[] parts = got.split("-", -1);
    int[] range = new int[2];
    try {
      range[0] = Integer.parseInt(parts[0]);
      range[1] = Integer.parseInt(parts[parts.length - 1]);
    } catch (NumberFormatException notWhole) {
      throw Refusal.flag(flag, got, takes);
    }
    if (parts.length > 2 || range[0] < least || range[1] > most || range[0] > range[1]) {
      throw Refusal.flag(flag, got, takes);
    }
    return range;
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

  /** Where a command's files go when nobody says. */
  public static Path defaultOut(String command) {
    String now = TIMESTAMP.format(LocalDateTime.now(ZoneId.systemDefault()));
    return Path.of("out", command + "-" + now);
  }

  static NodeUrl url(String flag, String got) throws Refusal {
    NodeUrl url = NodeUrl.parse(got);
    if (url == null) {
      throw Refusal.flag(flag, got, NodeUrl.TAKES);
    }
    return url;
  }
}
