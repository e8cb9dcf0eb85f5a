package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final String BLUE = "rgb(0,114,178)";
  private static final String ORANGE = "rgb(213,94,0)";

  @Test
  void eachSweepHasThePicturesItHasFiguresFor() {
    assertThat(names(Sweeps.complete()))
        .containsExactly(
            "latency-light",
            "distribution-light",
            "residual-light",
            "spectrum-light",
            "throughput-light",
            "latency-loaded",
            "spectrum-loaded",
            "throughput-loaded",
            "completions");
    assertThat(names(Sweeps.open()))
        .containsExactly(
            "latency-open",
            "distribution-open",
            "residual-open",
            "spectrum-open",
            "latency-open-read",
            "spectrum-open-read",
            "throughput-open",
            "completions");
    assertThat(names(Sweeps.empty())).isEmpty();
  }

  private static List<String> names(Sweep sweep) {
    return Pictures.of(sweep).stream().map(Picture::name).toList();
  }

  @Test
  void marksStandWhereTheFiguresAre() throws Exception {
    Sweep sweep = Sweeps.complete();
    SvgFile svg = svg(sweep, "latency-loaded");
    List<double[]> means = svg.marks(BLUE);
    List<double[]> medians = svg.marks(ORANGE);
    assertThat(means).hasSize(Sweeps.FOLLOWERS);
    assertThat(medians).hasSize(Sweeps.FOLLOWERS);
    for (int quorum = 1; quorum <= Sweeps.FOLLOWERS; quorum++) {
      double median = Sweeps.micros(Sweep.Load.LOADED, Sweep.Lag.INJECTED, quorum, 50) / 1000;
      assertThat(svg.quorumAt(medians.get(quorum - 1)[0])).isCloseTo(quorum, within(0.15));
      assertThat(svg.millisecondsAt(medians.get(quorum - 1)[1])).isCloseTo(median, within(0.05));
      assertThat(svg.millisecondsAt(means.get(quorum - 1)[1])).isCloseTo(median, within(0.05));
    }
  }

  @Test
  void predictionIsDrawnWithLightAndOpenLoadAndNeverWithALoadedPassOrReads() throws Exception {
    assertThat(svg(Sweeps.complete(), "latency-light").texts())
        .contains("p99 measured", "p99 predicted");
    assertThat(svg(Sweeps.complete(), "latency-light").marks(BLUE)).hasSize(10);
    assertThat(svg(Sweeps.open(), "latency-open").texts()).contains("p99 predicted");
    assertThat(svg(Sweeps.complete(), "latency-loaded").texts())
        .noneMatch(text -> text.endsWith("predicted"));
    assertThat(svg(Sweeps.open(), "latency-open-read").texts())
        .noneMatch(text -> text.endsWith("predicted"));
  }

  @Test
  void quorumThatMissedItsRateIsLeftOutOfThePredictionAndTheCaptionSaysSo() throws Exception {
    String said = "the rate was not reached or the pass was cut short: w = 5.";
    for (String name : List.of("latency-open", "distribution-open", "residual-open")) {
      assertThat(caption(Sweeps.open(), name)).as(name).contains(said);
    }
    assertThat(svg(Sweeps.open(), "distribution-open").texts()).doesNotContain("w = 5");
    assertThat(svg(Sweeps.open(), "residual-open").marks(BLUE)).hasSize(2 * 4);
    Sweep reached = Sweeps.allReached(Sweeps.open());
    assertThat(svg(reached, "distribution-open").texts()).contains("w = 5");
    assertThat(caption(reached, "latency-open")).doesNotContain(said);
  }

  @Test
  void percentileWithFewSamplesBeyondIsHollowAndSaid() throws Exception {
    SvgFile few = svg(Sweeps.partial(), "latency-light");
    assertThat(few.marks(BLUE)).as("two means, none few, and one prediction").hasSize(3);
    assertThat(few.marks(ORANGE)).as("one filled median and one prediction").hasSize(2);
    assertThat(String.join(" ", few.texts())).contains("Hollow: fewer than 10 samples");
    SvgFile enough = svg(Sweeps.complete(), "latency-light");
    assertThat(enough.marks(ORANGE)).hasSize(10);
    assertThat(String.join(" ", enough.texts())).doesNotContain("Hollow");
  }

  @Test
  void spreadOfTheRoundsIsDrawnOnlyWhereThereWereRounds() throws Exception {
    assertThat(String.join(" ", svg(Sweeps.complete(), "latency-light").texts()))
        .contains("Bars: least to greatest of the rounds");
    Sweep sweep = Sweeps.withoutSpread(Sweeps.complete());
    SvgFile svg = svg(sweep, "latency-light");
    assertThat(String.join(" ", svg.texts())).doesNotContain("Bars:");
    assertThat(svg.elements("line").size())
        .isLessThan(svg(Sweeps.complete(), "latency-light").elements("line").size());
  }

  @Test
  void spreadOfRoundsWithFewSamplesBeyondEachIsDottedAndSaid() throws Exception {
    String said = "Dotted bars: fewer than 10 samples beyond in each round";
    List<Sweep.Result> results = new ArrayList<>();
    for (Sweep.Result result : Sweeps.complete().results()) {
      Draft draft = new Draft(result);
      draft.figures(
          old -> new Sweep.Figure(old.us(), Math.min(old.beyond(), 29), old.low(), old.high()));
      results.add(draft.result());
    }
    Sweep few = Sweeps.sweep(Sweeps.settings(Sweep.Mode.CLOSED), results, true, null);
    for (String name : List.of("latency-light", "residual-light")) {
      assertThat(caption(few, name)).as(name).contains(said);
      assertThat(isDotted(few, name)).as(name).isTrue();
      assertThat(caption(Sweeps.complete(), name)).doesNotContain(said);
      assertThat(isDotted(Sweeps.complete(), name)).as(name).isFalse();
    }
  }

  private static boolean isDotted(Sweep sweep, String name) {
    String svg = new String(picture(sweep, name).svg(), StandardCharsets.UTF_8);
    return svg.contains("stroke-dasharray=\"2,4\"");
  }

  @Test
  void everyPictureSaysModeUnitsAndSettingsAndKeepsItsTextWithin() throws Exception {
    for (Sweep sweep : List.of(Sweeps.complete(), Sweeps.open(), Sweeps.partial())) {
      String mode = sweep.settings().mode() == Sweep.Mode.OPEN ? "Open loop" : "Closed loop";
      for (Picture picture : Pictures.of(sweep)) {
        SvgFile svg = SvgFile.parse(picture.svg());
        assertThat(svg.textsBeyond()).as(picture.name()).isEmpty();
        assertThat(String.join(" ", svg.texts()))
            .as(picture.name())
            .contains(mode, "injected delay: 0.1 to 1 ms", "keys: 100", "Java 17.0.15", "seed: -7");
        assertThat(svg.texts()).anyMatch(text -> text.matches(".*\\((ms|%|1/s)\\)"));
        assertThat(svg.texts().stream().anyMatch(text -> text.startsWith("PARTIAL")))
            .isEqualTo(!sweep.complete());
        assertThat(svg.root().getAttribute("font-family")).endsWith("sans-serif");
        assertThat(picture.svg().length).isLessThan(200_000);
      }
    }
  }

  @Test
  void rateThatWasNotReachedIsSaidInEveryPicture() throws Exception {
    for (Picture picture : Pictures.of(Sweeps.open())) {
      assertThat(SvgFile.parse(picture.svg()).texts())
          .anyMatch(text -> text.startsWith("RATE NOT REACHED: open w=5 write"));
    }
  }

  @Test
  void pngIsTheSvgAtTwiceItsSizeAndNotBlank() throws Exception {
    for (Picture picture : Pictures.of(Sweeps.complete())) {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.png()));
      SvgFile svg = SvgFile.parse(picture.svg());
      assertThat(image.getWidth()).isEqualTo(2 * Style.WIDTH);
      assertThat((double) image.getHeight()).isEqualTo(2 * svg.height());
      Set<Integer> colors = new HashSet<>();
      for (int x = 0; x < image.getWidth(); x += 3) {
        for (int y = 0; y < image.getHeight(); y += 3) {
          colors.add(image.getRGB(x, y));
        }
      }
      assertThat(colors).as(picture.name()).contains(0xFFFFFFFF).hasSizeGreaterThan(20);
    }
  }

  @Test
  void sameSweepGivesTheSameBytes() {
    List<Picture> first = Pictures.of(Sweeps.open());
    List<Picture> second = Pictures.of(Sweeps.open());
    for (int at = 0; at < first.size(); at++) {
      assertThat(first.get(at).svg()).isEqualTo(second.get(at).svg());
    }
  }

  @Test
  void darkSchemeRepaintsTheInkThatIsThere() throws Exception {
    for (Picture picture : Pictures.of(Sweeps.complete())) {
      SvgFile svg = SvgFile.parse(picture.svg());
      assertThat(svg.elements("style").get(0).getTextContent())
          .contains("prefers-color-scheme: dark", "[fill=\"rgb(34,34,34)\"]", "[fill=\"white\"]");
      List<String> fills = new ArrayList<>();
      svg.elements("g").forEach(group -> fills.add(group.getAttribute("fill")));
      svg.elements("text").forEach(text -> fills.add(text.getAttribute("fill")));
      svg.elements("rect").forEach(shape -> fills.add(shape.getAttribute("fill")));
      assertThat(fills).as(picture.name()).contains("rgb(34,34,34)", "white");
    }
  }

  @Test
  void sharesOfTheCompletionsAreThoseOfTheCounts() throws Exception {
    Sweep.Completions completions = Sweeps.complete().completions().get(0);
    double share = CompletionPicture.share(completions, "follower-2");
    assertThat(share)
        .isEqualTo((double) completions.followers().get(1).count() / completions.writes());
    assertThat(svg(Sweeps.complete(), "completions").texts())
        .contains("2: " + Numbers.percent(share), "2: follower-2", "w = 5");
  }

  private static SvgFile svg(Sweep sweep, String name) throws Exception {
    return SvgFile.parse(picture(sweep, name).svg());
  }

  private static String caption(Sweep sweep, String name) {
    return String.join(" ", picture(sweep, name).caption());
  }

  private static Picture picture(Sweep sweep, String name) {
    return Pictures.of(sweep).stream()
        .filter(candidate -> candidate.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
