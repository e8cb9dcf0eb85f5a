package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GrowthPictureTest {
  private static final GrowthPicture.Line GETS =
      new GrowthPicture.Line(
          "GET",
          List.of(
              new GrowthPicture.Point(1, 12_000, 0.15),
              new GrowthPicture.Point(32, 98_000, 0.6),
              new GrowthPicture.Point(1_000, 91_000, 14.2)));

  private static final GrowthPicture.Line PUTS =
      new GrowthPicture.Line(
          "PUT",
          List.of(
              new GrowthPicture.Point(1, 5_000, 0.4),
              new GrowthPicture.Point(32, Double.NaN, Double.NaN),
              new GrowthPicture.Point(1_000, 44_000, 30.5)));

  @TempDir private Path directory = Path.of("");

  @Test
  void pictureNamesWhatGrowsItsPlacesBothFiguresAndBothOperations() throws Exception {
    GrowthPicture.write(
        directory, "scaling-connections", "connections", "five followers", List.of(GETS, PUTS));

    String svg = Files.readString(directory.resolve("scaling-connections.svg"));
    assertThat(svg)
        .contains("Throughput and p99 against connections", "five followers")
        .contains(">1,000<", ">GET<", ">PUT<", "p99 latency (ms)", "requests per second (1/s)");
    assertThat(directory.resolve("scaling-connections.png")).isNotEmptyFile();
  }
}
