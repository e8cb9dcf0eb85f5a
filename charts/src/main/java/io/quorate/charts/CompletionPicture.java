package io.quorate.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** Who was the w-th: the share of the writes in which each follower completed the quorum. */
final class CompletionPicture {
  private static final int HEIGHT = 480;
  private static final double WIDEST_BAR = 0.14;

  private CompletionPicture() {}

  static Picture of(Sweep sweep) {
    List<String> followers = followers(sweep);
    StackedBarRenderer renderer = new StackedBarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setMaximumBarWidth(WIDEST_BAR);
    renderer.setDrawBarOutline(true);
    DecimalFormat percent =
        new DecimalFormat("0.0' %'", DecimalFormatSymbols.getInstance(Locale.ROOT));
    renderer.setDefaultItemLabelGenerator(
        new StandardCategoryItemLabelGenerator("{0}: {2}", percent));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(Style.TICK_FONT);
    for (int at = 0; at < followers.size(); at++) {
      renderer.setSeriesPaint(at, fill(at));
      renderer.setSeriesOutlinePaint(at, Style.PAPER);
      renderer.setSeriesOutlineStroke(at, new BasicStroke(2));
      renderer.setSeriesItemLabelPaint(at, Color.BLACK);
    }
    CategoryAxis quorums = new CategoryAxis(QuorumPictures.QUORUM_AXIS);
    Style.ink(quorums);
    NumberAxis share = Style.axis("share of the writes (%)");
    share.setRange(0, 100);
    CategoryPlot plot = new CategoryPlot(shares(sweep, followers), quorums, share, renderer);
    Style.paper(plot);
    plot.setRangeGridlinePaint(Style.GRID);
    return new Picture(
        "completions",
        "Who completed the write quorum",
        "share of the writes in which each follower's acknowledgement was the w-th",
        Caption.of(
            "Each bar is the writes of one quorum; each piece, the follower whose acknowledgement "
                + "completed it. With the same lag on every link, all pieces would be equal.",
            List.of(),
            sweep),
        plot,
        legend(followers),
        HEIGHT);
  }

  private static List<String> followers(Sweep sweep) {
    Set<String> followers = new LinkedHashSet<>();
    for (Sweep.Completions completions : sweep.completions()) {
      completions.followers().forEach(completion -> followers.add(completion.follower()));
    }
    return List.copyOf(followers);
  }

  /** Numbers the followers, for their names may be as long as an address. */
  private static DefaultCategoryDataset shares(Sweep sweep, List<String> followers) {
    DefaultCategoryDataset shares = new DefaultCategoryDataset();
    List<Sweep.Completions> sorted = new ArrayList<>(sweep.completions());
    sorted.sort((one, other) -> Integer.compare(one.quorum(), other.quorum()));
    for (int at = 0; at < followers.size(); at++) {
      for (Sweep.Completions completions : sorted) {
        double share = share(completions, followers.get(at));
        shares.addValue(100 * share, Integer.valueOf(at + 1), "w = " + completions.quorum());
      }
    }
    return shares;
  }

  static double share(Sweep.Completions completions, String follower) {
    long writes = completions.writes();
    long count =
        completions.followers().stream()
            .filter(completion -> completion.follower().equals(follower))
            .mapToLong(Sweep.Completion::count)
            .sum();
    return writes == 0 ? 0 : (double) count / writes;
  }

  private static LegendItemCollection legend(List<String> followers) {
    LegendItemCollection items = new LegendItemCollection();
    for (int at = 0; at < followers.size(); at++) {
      items.add(new LegendItem((at + 1) + ": " + followers.get(at), fill(at)));
    }
    return items;
  }

  /** A lighter shade of the curves' colour, so that black text is read on it. */
  private static Color fill(int index) {
    Color color = Style.color(index);
    return new Color(lighter(color.getRed()), lighter(color.getGreen()), lighter(color.getBlue()));
  }

  private static int lighter(int part) {
    return (part + 255) / 2;
  }
}
