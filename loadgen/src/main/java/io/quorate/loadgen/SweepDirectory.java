package io.quorate.loadgen;

import io.quorate.charts.LatencyChart;
import io.quorate.charts.Sweep;
import io.quorate.charts.SweepFile;
import io.quorate.charts.UnusableSweepException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The files of one sweep: {@code sweep.json}, {@code latency.svg}, an {@code .hgrm} per pass. */
final class SweepDirectory {
  private static final String FLAG = "--out";
  private static final String RESULTS = "sweep.json";
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final int TICKS_PER_HALF_DISTANCE = 5;

  private final Path path;

  private SweepDirectory(Path path) {
    this.path = path;
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
    boolean earlier = Files.exists(path.resolve(RESULTS));
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

  /** Writes the percentiles of one pass, in milliseconds. */
  void write(Sweep.Pass pass, Histogram nanos) throws Refusal {
    Path file = path.resolve(pass.histogram());
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      nanos.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NANOS_PER_MILLISECOND);
    } catch (IOException failed) {
      throw cannotWrite(file, failed);
    }
  }

  /** Writes the sweep's own file, in place of what was written before. */
  void write(Sweep sweep) throws Refusal {
    Path file = path.resolve(RESULTS);
    try {
      SweepFile.write(sweep, file);
    } catch (IOException failed) {
      throw cannotWrite(file, failed);
    }
  }

  /** Draws the chart. Returns why there is none, or null where there is one. */
  @Nullable String draw(Sweep sweep) throws Refusal {
    Path file = path.resolve("latency.svg");
    try {
      LatencyChart.write(sweep, file);
      return null;
    } catch (UnusableSweepException nothingToDraw) {
      return nothingToDraw.getMessage();
    } catch (IOException failed) {
      throw cannotWrite(file, failed);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static Refusal cannotWrite(Path file, IOException failed) {
    return Refusal.failed("cannot write " + file + ": " + failed);
  }
}
