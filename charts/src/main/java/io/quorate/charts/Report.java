package io.quorate.charts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The files that people and other tools read about one sweep. */
public final class Report {
  /** The page that shows everything, in the directory of a run. */
  public static final String PAGE = "report.html";

  /** One line a result, in the directory of a run. */
  public static final String SUMMARY = "summary.csv";

  private Report() {}

  /**
   * Writes {@link SweepFile#NAME}, {@link #SUMMARY}, {@link #PAGE} and each chart as SVG and PNG
   * into the directory, which is made where it is missing. Each file is there whole or not at all,
   * the results first. A sweep that was stopped is written too, and marked as partial everywhere;
   * charts that nothing was measured for are left out.
   *
   * @throws IOException when the place cannot be written
   */
  public static void write(Sweep sweep, Path directory) throws IOException {
    SweepFile.write(sweep, directory.resolve(SweepFile.NAME));
    text(directory.resolve(SUMMARY), SummaryCsv.of(sweep));
    List<Picture> pictures = Pictures.of(sweep);
    text(directory.resolve(PAGE), ReportPage.of(sweep, pictures));
    for (Picture picture : pictures) {
      picture.write(directory);
    }
  }

  private static void text(Path file, String text) throws IOException {
    WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
