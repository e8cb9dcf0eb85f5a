package io.quorate.charts;

import java.io.IOException;
import java.nio.file.Path;

/** The JSON file of one sweep, described field by field in {@code charts/README.md}. */
public final class SweepFile {
  /** What the file is called in the directory of a run. */
  public static final String NAME = "sweep.json";

  private SweepFile() {}

  /**
   * Writes the file whole or not at all, and the directories above it where they are missing.
   *
   * @throws IOException when the place cannot be written
   * @throws IllegalArgumentException when a number is negative or not finite
   */
  public static void write(Sweep sweep, Path file) throws IOException {
    WholeFile.write(file, SweepWriter.json(sweep));
  }

  /**
   * Reads what {@link #write} wrote. Fields that this schema does not know are ignored; residuals
   * and shares are computed anew from the figures.
   *
   * @throws UnusableSweepException when the file is missing, cut off, of another schema, or holds
   *     anything else than a sweep's results; the message is one line with file, place and what was
   *     expected
   */
  public static Sweep read(Path file) throws UnusableSweepException {
    return SweepReader.sweep(JsonValue.read(file));
  }
}
