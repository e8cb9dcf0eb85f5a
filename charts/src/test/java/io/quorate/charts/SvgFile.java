package io.quorate.charts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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

/** A chart read back as a viewer would: the scales are taken from where the tick labels stand. */
record SvgFile(Element root) {
  private static final Pattern POINT = Pattern.compile("(-?[0-9.]+) (-?[0-9.]+)");

  static SvgFile parse(byte[] svg) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return new SvgFile(
          factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg)).getDocumentElement());
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError("not XML", e);
    }
  }

  List<String> texts() {
    return elements("text").stream().map(Element::getTextContent).toList();
  }

  double height() {
    return number(root, "height");
  }

  /** Texts that leave the picture; those turned on their side are not looked at. */
  List<String> textsBeyond() {
    return elements("text").stream()
        .filter(text -> !text.hasAttribute("transform"))
        .filter(
            text ->
                number(text, "x") < 0
                    || number(text, "x") + number(text, "textLength") > number(root, "width")
                    || number(text, "y") > height())
        .map(Element::getTextContent)
        .toList();
  }

  /** Centres of the shapes filled with one color, but the legend's, from left to right. */
  List<double[]> marks(String color) {
    return elements("path").stream()
        .filter(path -> inherited(path, "clip-path").startsWith("url("))
        .filter(path -> inherited(path, "fill").equals(color))
        .map(path -> centre(path.getAttribute("d")))
        .filter(mark -> elements("text").stream().noneMatch(text -> isLabel(text, mark)))
        .sorted(Comparator.comparingDouble(centre -> centre[0]))
        .toList();
  }

  /** Whether the text stands right behind the mark, as in a legend. */
  private static boolean isLabel(Element text, double[] mark) {
    double before = number(text, "x") - mark[0];
    double above = number(text, "y") - mark[1];
    return text.getTextContent().matches("[a-zA-Z].*")
        && before > 0
        && before < 40
        && Math.abs(above) < 10;
  }

  /** The write quorum that a place from the left stands for. */
  double quorumAt(double x) {
    Element one = text("1");
    Element two = text("2");
    double first = number(one, "x") + number(one, "textLength") / 2;
    double second = number(two, "x") + number(two, "textLength") / 2;
    return 1 + (x - first) / (second - first);
  }

  /** The latency that a place from the top of a picture with one panel stands for. */
  double millisecondsAt(double y) {
    List<Element> ticks =
        elements("text").stream()
            .filter(text -> text.getTextContent().matches("[0-9]+(\\.[0-9]+)"))
            .sorted(Comparator.comparingDouble(tick -> -number(tick, "y")))
            .toList();
    Element lowest = ticks.get(0);
    Element highest = ticks.get(ticks.size() - 1);
    double span = number(lowest, "y") - number(highest, "y");
    double from = Double.parseDouble(lowest.getTextContent());
    double to = Double.parseDouble(highest.getTextContent());
    double middle = number(lowest, "y") - fontHeight();
    return from + (middle - y) / span * (to - from);
  }

  /** From a tick label's foot line to its middle, of the size all tick labels have. */
  private static double fontHeight() {
    return 4.7;
  }

  private Element text(String content) {
    return elements("text").stream()
        .filter(candidate -> candidate.getTextContent().equals(content))
        .findFirst()
        .orElseThrow();
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
    if (element.hasAttribute(attribute)) {
      return element.getAttribute(attribute);
    }
    return element.getParentNode() instanceof Element parent ? inherited(parent, attribute) : "";
  }

  private static double number(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  List<Element> elements(String name) {
    NodeList nodes = root.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
    List<Element> elements = new ArrayList<>();
    for (int at = 0; at < nodes.getLength(); at++) {
      elements.add((Element) nodes.item(at));
    }
    return elements;
  }
}
