package io.quorate.loadgen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .hlog} of a sweep: one line for each operation of each round of each pass, tagged with
 * the name of the result that it belongs to. Histograms are in nanoseconds, the greatest value that
 * stands beside each in milliseconds, as HdrHistogram's own tools take them to be. Each line is in
 * the file before the next pass begins.
 */
final class HistogramLog implements AutoCloseable {
  private final Path file;
  private @Nullable HistogramLogWriter writer;

  HistogramLog(Path file) {
    this.file = file;
  }

  /** Adds what a round measured, to be found by its tag. */
  void add(String tag, Histogram nanos, long startedMillis, double seconds) throws IOException {
    HistogramLogWriter to = writer;
    if (to == null) {
      to = new HistogramLogWriter(Files.newOutputStream(file));
      to.outputLogFormatVersion();
      to.outputComment("[Logged by the Quorate load generator; histograms are in nanoseconds]");
      to.outputStartTime(startedMillis);
      to.setBaseTime(startedMillis);
      to.outputBaseTime(startedMillis);
      to.outputLegend();
      writer = to;
    }
    Histogram tagged = nanos.copy();
    tagged.setTag(tag);
    tagged.setStartTimeStamp(startedMillis);
    tagged.setEndTimeStamp(startedMillis + Math.round(seconds * 1e3));
    to.outputIntervalHistogram(tagged);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
