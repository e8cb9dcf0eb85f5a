package io.quorate.charts;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Started by {@link BundledFontTest} in a JVM that sees none of the machine's fonts: draws the
 * chart into the file that is named, or, without one, a plain word as Java does by itself.
 */
final class DrawWithoutFonts {
  private DrawWithoutFonts() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      draw(Path.of(arguments[0]));
    }
    for (String family : new String[] {Font.SANS_SERIF, Font.SERIF, Font.DIALOG}) {
      System.out.println(family + " ink " + inkOfWord(family));
    }
  }

  /** The first chart of a sweep, and every other as PNG, which is drawn and thrown away. */
  static void draw(Path file) throws IOException {
    List<Picture> pictures = Pictures.of(Sweeps.complete());
    Files.write(file, pictures.get(0).svg());
    for (Picture picture : pictures) {
      if (picture.png().length == 0) {
        throw new IOException(picture.name() + " has no picture");
      }
    }
  }

  private static int inkOfWord(String family) {
    BufferedImage image = new BufferedImage(80, 30, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setFont(new Font(family, Font.PLAIN, 18));
    graphics.drawString("quorum", 5, 20);
    int ink = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        ink += (image.getRGB(x, y) & 0xFFFFFF) == 0 ? 0 : 1;
      }
    }
    return ink;
  }
}
