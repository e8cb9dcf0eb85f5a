package io.quorate.charts;

import java.io.IOException;
import java.nio.file.Path;

/** The files that people and other tools read about one sweep. */
public final class Report {
  private Report() {}

  /**
   * Writes {@link SweepFile#NAME} into the directory, which is made where it is missing. Each file
   * is there whole or not at all.
   *
   * @throws IOException when the place cannot be written
   */
  public static void write(Sweep sweep, Path directory) throws IOException {
    SweepFile.write(sweep, directory.resolve(SweepFile.NAME));
  }
}
