package io.quorate.charts;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The one font that charts are drawn with, carried in the jar, so that a machine without any font
 * draws the same picture as any other.
 *
 * <p>Java's drawing code looks for the machine's fonts when it is first touched, whichever font it
 * is asked for, and fails for good where it finds none. So this class comes first: it lays the font
 * out in a temporary directory, with a font configuration beside it that maps every logical font to
 * it, and tells Java to draw by that and without a screen. What the user has set by hand stays.
 */
final class BundledFont {
  /**
   * What the font is called in a picture, and what takes its place where the picture is shown: all
   * but the last have the same widths, so the text keeps its room.
   */
  static final String FAMILIES =
      "'Liberation Sans', Arimo, Arial, Helvetica, 'Nimbus Sans', sans-serif";

  private static final String RESOURCE = "font/LiberationSans-Regular.ttf";
  private static final String CONFIGURATION_PROPERTY = "sun.awt.fontconfig";
  private static final String HEADLESS_PROPERTY = "java.awt.headless";

  /** Source of the format: the font configuration files of the JDK's own documentation. */
  private static final String CONFIGURATION =
      """
      version=1
      allfonts.all=-quorate-liberation-medium-r-normal--*-%%d-*-*-p-*-iso8859-1
      sequence.allfonts=all
      filename.-quorate-liberation-medium-r-normal--*-%%d-*-*-p-*-iso8859-1=%s
      """;

  private static final Path FILE = layOut();
  private static final Font FONT = load();

  private BundledFont() {}

  /** The font in the given size, in the picture's units. */
  static Font size(float units) {
    return FONT.deriveFont(units);
  }

  /** How wide the text stands in the given size, both in the picture's units. */
  static double width(String text, float units) {
    return size(units).getStringBounds(text, new FontRenderContext(null, true, true)).getWidth();
  }

  private static Path layOut() {
    try {
      Path directory = Files.createTempDirectory("quorate-font-");
      Path font = directory.resolve("LiberationSans-Regular.ttf");
      Path configuration = directory.resolve("fontconfig.properties");
      // Deleted in the opposite order: the directory last, when it is empty.
      directory.toFile().deleteOnExit();
      font.toFile().deleteOnExit();
      configuration.toFile().deleteOnExit();
      try (InputStream resource = BundledFont.class.getResourceAsStream(RESOURCE)) {
        if (resource == null) {
          throw new IllegalStateException(RESOURCE + " is missing from the jar");
        }
        Files.copy(resource, font);
      }
      Files.writeString(configuration, CONFIGURATION.formatted(font), StandardCharsets.ISO_8859_1);
      configure(configuration);
      return font;
    } catch (IOException e) {
      throw new UncheckedIOException("the charts' font cannot be laid out", e);
    }
  }

  /** Other systems than Linux always have fonts, and configurations of another shape. */
  private static void configure(Path configuration) {
    if (System.getProperty(HEADLESS_PROPERTY) == null) {
      System.setProperty(HEADLESS_PROPERTY, "true");
    }
    boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    if (linux && System.getProperty(CONFIGURATION_PROPERTY) == null) {
      System.setProperty(CONFIGURATION_PROPERTY, configuration.toString());
    }
  }

  private static Font load() {
    try {
      return Font.createFont(Font.TRUETYPE_FONT, FILE.toFile());
    } catch (FontFormatException e) {
      throw new IllegalStateException(RESOURCE + " is not a font", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the charts' font cannot be read", e);
    }
  }
}
