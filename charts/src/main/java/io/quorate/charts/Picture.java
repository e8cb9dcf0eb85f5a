package io.quorate.charts;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/**
 * A chart with its words.
 *
 * @param name of its files, without what follows the dot
 * @param title what it is, in a few words
 * @param subtitle load and mode
 * @param caption what it shows, then the run's settings, then each reservation
 * @param height of the chart without its caption
 */
record Picture(
    String name,
    String title,
    String subtitle,
    List<String> caption,
    Plot plot,
    LegendItemCollection legend,
    int height) {
  private static final int PNG_SCALE = 2;
  private static final int MARGIN = 14;
  private static final int CAPTION_LINE = 17;
  private static final Pattern WORDS = Pattern.compile(" ");

  /** Room for a stand-in font that is wider and that the viewer does not fit. */
  private static final int CAPTION_WIDTH = Style.WIDTH - 4 * MARGIN;

  /** Writes {@code name.svg} and {@code name.png}, each whole or not at all. */
  void write(Path directory) throws IOException {
    WholeFile.write(directory.resolve(name + ".svg"), svg());
    WholeFile.write(directory.resolve(name + ".png"), png());
  }

  /** With its caption, and colours for light and dark. */
  byte[] svg() {
    List<String> lines = captionLines();
    return SvgPicture.draw(
        chart(lines), height(lines), name, described(), String.join(" ", caption), true);
  }

  /** Without a caption or colour schemes of its own: both are the page's. */
  byte[] svgForPage() {
    return SvgPicture.draw(
        chart(List.of()), height, name, described(), String.join(" ", caption), false);
  }

  private String described() {
    return title + " (" + subtitle + ")";
  }

  /** With its caption, at twice the size, in light colours. */
  byte[] png() throws IOException {
    List<String> lines = captionLines();
    BufferedImage image =
        new BufferedImage(
            PNG_SCALE * Style.WIDTH, PNG_SCALE * height(lines), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    TextUtils.setUseDrawRotatedStringWorkaround(false);
    chart(lines).draw(graphics, new Rectangle(Style.WIDTH, height(lines)));
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", output);
    }
    return bytes.toByteArray();
  }

  private int height(List<String> lines) {
    return height + CAPTION_LINE * lines.size() + (lines.isEmpty() ? 0 : MARGIN);
  }

  private JFreeChart chart(List<String> captionLines) {
    JFreeChart chart = new JFreeChart(title, Style.TITLE_FONT, plot, false);
    chart.setBackgroundPaint(Style.PAPER);
    chart.setPadding(new RectangleInsets(MARGIN, MARGIN, MARGIN, MARGIN + 4));
    chart.getTitle().setPaint(Style.INK);
    chart.addSubtitle(text(subtitle, Style.SUBTITLE_FONT, Style.INK));
    if (legend.getItemCount() > 0) {
      chart.addSubtitle(legendTitle());
    }
    for (int at = captionLines.size() - 1; at >= 0; at--) {
      TextTitle line = text(captionLines.get(at), Style.CAPTION_FONT, Style.INK);
      line.setPosition(RectangleEdge.BOTTOM);
      line.setHorizontalAlignment(HorizontalAlignment.LEFT);
      line.setPadding(at == 0 ? 8 : 1, 6, 0, 0);
      chart.addSubtitle(line);
    }
    return chart;
  }

  private LegendTitle legendTitle() {
    LegendTitle title = new LegendTitle(() -> legend);
    title.setItemFont(Style.LABEL_FONT);
    title.setItemPaint(Style.INK);
    title.setPosition(RectangleEdge.TOP);
    title.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
    title.setPadding(4, 0, 6, 0);
    return title;
  }

  private static TextTitle text(String text, Font font, Paint paint) {
    TextTitle title = new TextTitle(text, font);
    title.setPaint(paint);
    return title;
  }

  /** The caption cut between words into lines that fit the picture. */
  private List<String> captionLines() {
    List<String> lines = new ArrayList<>();
    for (String paragraph : caption) {
      StringBuilder line = new StringBuilder();
      for (String word : WORDS.splitAsStream(paragraph).toList()) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (BundledFont.width(longer, Style.CAPTION_SIZE) > CAPTION_WIDTH && !line.isEmpty()) {
          lines.add(line.toString());
          line = new StringBuilder(word);
        } else {
          line = new StringBuilder(longer);
        }
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
