package io.quorate.charts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A latency chart read back from its file, as a viewer would: the scales are taken from where the
 * tick labels and the panels stand.
 */
record SvgFile(Path file, Element root) {
  private static final Pattern POINT = Pattern.compile("(-?[0-9.]+) (-?[0-9.]+)");

  static SvgFile parse(Path file) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new SvgFile(
          file, factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError(file + " is not XML", e);
    }
  }

  List<String> texts() {
    return elements("text").stream().map(Element::getTextContent).toList();
  }

  /** Texts that leave the picture; those turned on their side are not looked at. */
  List<String> textsBeyond(int width, int height) {
    return elements("text").stream()
        .filter(text -> !text.hasAttribute("transform"))
        .filter(
            text ->
                number(text, "x") < 0
                    || number(text, "x") + number(text, "textLength") > width
                    || number(text, "y") > height)
        .map(Element::getTextContent)
        .toList();
  }

  /** Centres of the filled shapes of one color within one panel, from left to right. */
  List<double[]> markers(String color, int panel) {
    String clip = panelClip(panel);
    return elements("path").stream()
        .filter(path -> path.getAttribute("clip-path").equals(clip))
        .filter(path -> inherited(path, "fill").equals(color))
        .map(path -> centre(path.getAttribute("d")))
        .sorted(Comparator.comparingDouble(centre -> centre[0]))
        .toList();
  }

  /** The write quorum that a place from the left stands for. */
  double quorumAt(double x) {
    double one = middle("1");
    return 1 + (x - one) / (middle("2") - one);
  }

  /** The latency that a place from the top of the picture stands for in one panel. */
  double millisecondsAt(double y, int panel) {
    DoubleSummaryStatistics edges = statistics(panelOutline(panel), 2);
    List<Element> ticks =
        elements("text").stream()
            .filter(text -> text.getTextContent().matches("[0-9]+\\.[0-9]+"))
            .filter(tick -> number(tick, "y") > edges.getMin())
            .filter(tick -> number(tick, "y") < edges.getMax() + 10)
            .sorted(Comparator.comparingDouble(tick -> -number(tick, "y")))
            .toList();
    Element lowest = ticks.get(0);
    Element highest = ticks.get(ticks.size() - 1);
    if (Double.parseDouble(lowest.getTextContent()) != 0) {
      throw new AssertionError("the axis begins at " + lowest.getTextContent());
    }
    double unitsPerMillisecond =
        (number(lowest, "y") - number(highest, "y")) / Double.parseDouble(highest.getTextContent());
    return (edges.getMax() - y) / unitsPerMillisecond;
  }

  private double middle(String tick) {
    Element text =
        elements("text").stream()
            .filter(candidate -> candidate.getTextContent().equals(tick))
            .findFirst()
            .orElseThrow();
    return number(text, "x") + number(text, "textLength") / 2;
  }

  private String panelClip(int panel) {
    return elements("text").stream()
        .filter(text -> text.getTextContent().startsWith(Sweep.LOADS.get(panel) + ": "))
        .findFirst()
        .orElseThrow()
        .getAttribute("clip-path");
  }

  private String panelOutline(int panel) {
    String id = panelClip(panel).replace("url(#", "").replace(")", "");
    Element clip =
        elements("clipPath").stream()
            .filter(candidate -> candidate.getAttribute("id").equals(id))
            .findFirst()
            .orElseThrow();
    return ((Element) clip.getFirstChild()).getAttribute("d");
  }

  private static double[] centre(String outline) {
    DoubleSummaryStatistics x = statistics(outline, 1);
    DoubleSummaryStatistics y = statistics(outline, 2);
    return new double[] {(x.getMin() + x.getMax()) / 2, (y.getMin() + y.getMax()) / 2};
  }

  private static DoubleSummaryStatistics statistics(String outline, int coordinate) {
    DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
    Matcher point = POINT.matcher(outline);
    while (point.find()) {
      statistics.accept(Double.parseDouble(point.group(coordinate)));
    }
    return statistics;
  }

  private static String inherited(Element element, String attribute) {
    return element.hasAttribute(attribute)
        ? element.getAttribute(attribute)
        : inherited((Element) element.getParentNode(), attribute);
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private List<Element> elements(String name) {
    NodeList nodes = root.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
    List<Element> elements = new ArrayList<>();
    for (int at = 0; at < nodes.getLength(); at++) {
      elements.add((Element) nodes.item(at));
    }
    return elements;
  }
}
