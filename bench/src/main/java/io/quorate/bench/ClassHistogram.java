package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.util.regex.Pattern;

/** What {@code jcmd PID GC.class_histogram} prints, after a full collection of its own. */
final class ClassHistogram {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

  private ClassHistogram() {}

  /** Bytes of all objects that are alive. */
  static long liveBytes(String printed) throws Refusal {
    return Long.parseLong(Printed.find("jcmd", "total", TOTAL, printed));
  }
}
