package io.quorate.bench;

import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What Linux tells of a process; see proc(5). */
final class ProcFile {
  /** Clock ticks a second in what the kernel tells, {@code USER_HZ}: 100 on every processor. */
  private static final double TICKS_PER_SECOND = 100;

  /** After the name in parentheses, which may hold anything: state is field 3. */
  private static final Pattern AFTER_NAME = Pattern.compile("(?s)^\\d+ \\(.*\\) (.*)$");

  private static final int USER_TIME = 14 - 3;
  private static final int SYSTEM_TIME = 15 - 3;
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final double BYTES_PER_KB = 1_024;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private ProcFile() {}

  /** Processor time that the process has used, user and system, seconds. */
  static double processorSeconds(long pid) throws Refusal {
    return processorSeconds(read(pid, "stat"));
  }

  /** As told by {@code /proc/pid/stat}. */
  static double processorSeconds(String stat) throws Refusal {
    String[] fields = Printed.find("/proc/pid/stat", "times", AFTER_NAME, stat).split(" ", -1);
    try {
      return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]))
          / TICKS_PER_SECOND;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException garbage) {
      throw Printed.unreadable("/proc/pid/stat", "times", stat);
    }
  }

  /** Memory of the process that is in the machine's, megabytes (10^6 bytes). */
  static double residentMegabytes(long pid) throws Refusal {
    return residentMegabytes(read(pid, "status"));
  }

  /** As told by {@code /proc/pid/status}. */
  static double residentMegabytes(String status) throws Refusal {
    return Long.parseLong(Printed.find("/proc/pid/status", "VmRSS", RESIDENT, status))
        * BYTES_PER_KB
        / BYTES_PER_MEGABYTE;
  }

  private static String read(long pid, String file) throws Refusal {
    Path path = Path.of("/proc", Long.toString(pid), file);
    try {
      return Files.readString(path);
    } catch (IOException missing) {
      throw Refusal.failed(path + " cannot be read: takes Linux, and a process that runs");
    }
  }
}
