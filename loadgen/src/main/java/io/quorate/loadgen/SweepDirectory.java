package io.quorate.loadgen;

import io.quorate.charts.Report;
import io.quorate.charts.Sweep;
import io.quorate.charts.SweepFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The files of one sweep: what {@link Report} writes, an {@code .hgrm} for each result, one {@code
 * .hlog} of all.
 */
final class SweepDirectory implements AutoCloseable {
  private static final String FLAG = "--out";
  private static final String LOG = "sweep.hlog";
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final int TICKS_PER_HALF_DISTANCE = 5;

  private final Path path;
  private final HistogramLog log;

  private SweepDirectory(Path path) {
    this.path = path;
    log = new HistogramLog(path.resolve(LOG));
  }

  /** The file name of a result's percentiles. */
  static String histogramFile(String result) {
    return result + ".hgrm";
  }

  /**
   * The directory at {@code path}, which need not be there yet: {@link #make} makes it.
   *
   * @throws Refusal as bad input when it holds anything: figures of two sweeps do not lie side by
   *     side
   */
  static SweepDirectory at(Path path) throws Refusal {
    if (!Files.isDirectory(path)) {
      return new SweepDirectory(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      if (files.findAny().isEmpty()) {
        return new SweepDirectory(path);
      }
    } catch (IOException failed) {
      throw Refusal.flag(FLAG, path.toString(), "a directory that can be read: " + failed);
    }
    boolean earlier = Files.exists(path.resolve(SweepFile.NAME));
    throw Refusal.flag(
        FLAG,
        path.toString(),
        "a new or empty directory; this one holds "
            + (earlier ? "an earlier sweep" : "other files"));
  }

  /**
   * Makes the directory, unless it is there.
   *
   * @throws Refusal as bad input when it cannot be made
   */
  void make() throws Refusal {
    try {
      Files.createDirectories(path);
    } catch (IOException failed) {
      throw Refusal.flag(FLAG, path.toString(), "a directory that can be made: " + failed);
    }
  }

  Path nodeLogs() {
    return path.resolve("nodes");
  }

  /** Adds the round that a result has grown by: to the log, and to the result's percentiles. */
  void write(SweepResults.Merged result, PassOutcome outcome) throws Refusal {
    Path file = path.resolve(histogramFile(result.name()));
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      result
          .total()
          .outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NANOS_PER_MILLISECOND);
      log.add(result.name(), result.lastRound(), outcome.startedMillis(), outcome.seconds());
    } catch (IOException failed) {
      throw cannotWrite(file, failed);
    }
  }

  /** Writes the sweep's own file alone, in place of what was written before. */
  void write(Sweep sweep) throws Refusal {
    Path file = path.resolve(SweepFile.NAME);
    try {
      SweepFile.write(sweep, file);
    } catch (IOException failed) {
      throw cannotWrite(file, failed);
    }
  }

  /** Writes all that is made of the sweep when it has ended. */
  void writeReport(Sweep sweep) throws Refusal {
    try {
      Report.write(sweep, path);
    } catch (IOException failed) {
      throw cannotWrite(path, failed);
    }
  }

  @Override
  public void close() {
    log.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static Refusal cannotWrite(Path file, IOException failed) {
    return Refusal.failed("cannot write " + file + ": " + failed);
  }
}
