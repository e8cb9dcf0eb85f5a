package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FiguresTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void samplesBeyondAPercentileAreCounted() {
    Sweep.Latency latency =
        Objects.requireNonNull(Figures.latency(oneToThousandMicros(1), List.of()));
    assertThat(latency.p50().us()).isCloseTo(500, Offset.offset(1.0));
    assertThat(latency.p50().beyond()).isBetween(499L, 500L);
    assertThat(latency.p99().beyond()).isBetween(9L, 10L);
    assertThat(latency.p999().beyond()).isBetween(0L, 1L);
    assertThat(latency.mean().beyond()).isEqualTo(1_000);
    assertThat(latency.max().beyond()).isZero();
    assertThat(latency.p50().low()).isNull();
  }

  @Test
  void roundsTellHowFarTheyLieApart() {
    Histogram first = oneToThousandMicros(1);
    Histogram second = oneToThousandMicros(3);
    Histogram all = first.copy();
    all.add(second);
    Sweep.Latency latency =
        Objects.requireNonNull(
            Figures.latency(all, List.of(Figures.of(first), Figures.of(second))));
    assertThat(latency.p50().low()).isCloseTo(500, Offset.offset(1.0));
    assertThat(latency.p50().high()).isCloseTo(1_500, Offset.offset(3.0));
    assertThat(latency.p50().us()).isBetween(500.0, 1_500.0);
    assertThat(latency.max().high()).isCloseTo(3_000, Offset.offset(3.0));
  }

  @Test
  void nothingHasNoFigures() {
    assertThat(Figures.latency(new Histogram(3), List.of())).isNull();
    assertThat(Figures.spectrum(new Histogram(3))).isEmpty();
  }

  @Test
  void theSpectrumRisesAndBecomesDenserTowardsTheTail() {
    List<Sweep.Point> spectrum = Figures.spectrum(oneToThousandMicros(1));
    assertThat(spectrum).hasSizeGreaterThan(20);
    for (int at = 1; at < spectrum.size(); at++) {
      assertThat(spectrum.get(at).percentile()).isGreaterThan(spectrum.get(at - 1).percentile());
      assertThat(spectrum.get(at).us()).isGreaterThanOrEqualTo(spectrum.get(at - 1).us());
    }
    assertThat(spectrum.get(spectrum.size() - 1).percentile()).isBetween(99.0, 99.9999);
  }

  @Test
  void theLogIsReadByHdrHistogramsOwnReaderWithATagForEachResult() throws IOException {
    File file = directory.resolve("sweep.hlog").toFile();
    try (HistogramLog log = new HistogramLog(file.toPath())) {
      log.add("light-w1-write", oneToThousandMicros(1), 1_000_000_000_000L, 2.5);
      log.add("light-w2-write", oneToThousandMicros(2), 1_000_000_003_000L, 2);
      assertThat(entries(file)).as("before it is closed").hasSize(2);
    }
    List<Histogram> entries = entries(file);
    assertThat(entries)
        .extracting(Histogram::getTag)
        .containsExactly("light-w1-write", "light-w2-write");
    assertThat(entries.get(0)).isEqualTo(oneToThousandMicros(1));
    assertThat(entries.get(1).getTotalCount()).isEqualTo(1_000);
    assertThat(entries.get(1).getStartTimeStamp()).isEqualTo(1_000_000_003_000L);
    assertThat(entries.get(1).getEndTimeStamp()).isEqualTo(1_000_000_005_000L);
    assertThat(Files.readString(file.toPath())).contains("Tag=light-w2-write,3.000,2.000,2.0");
  }

  private static List<Histogram> entries(File file) throws FileNotFoundException {
    List<Histogram> entries = new ArrayList<>();
    try (HistogramLogReader reader = new HistogramLogReader(file)) {
      while (reader.hasNext()) {
        entries.add((Histogram) reader.nextIntervalHistogram());
      }
    }
    return entries;
  }

  private static Histogram oneToThousandMicros(int times) {
    Histogram histogram = new Histogram(3);
    for (int micros = 1; micros <= 1_000; micros++) {
      histogram.recordValue(micros * 1_000L * times);
    }
    return histogram;
  }
}
