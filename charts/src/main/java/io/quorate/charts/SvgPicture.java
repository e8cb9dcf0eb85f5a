package io.quorate.charts;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A chart as SVG. Text stays text, so that it can be read aloud, searched and copied; each piece
 * carries the fonts that may stand in for {@link BundledFont}.
 */
final class SvgPicture {
  private static final String SVG = "http://www.w3.org/2000/svg";

  private SvgPicture() {}

  /**
   * Draws the chart.
   *
   * @param name what the ids within begin with, so that pictures can share a page
   * @param title what the picture is, in a few words
   * @param description what it shows, for those who cannot see it
   * @param alone whether it carries its dark colours, and says that it is XML
   */
  static byte[] draw(
      JFreeChart chart, int height, String name, String title, String description, boolean alone) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment(null);
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      graphics.setSVGCanvasSize(new Dimension(Style.WIDTH, height));
      // Left to itself, JFreeChart turns rotated text into outlines.
      TextUtils.setUseDrawRotatedStringWorkaround(false);
      chart.draw(graphics, new Rectangle(Style.WIDTH, height));
      Element root = graphics.getRoot();
      root.setAttribute("viewBox", "0 0 " + Style.WIDTH + " " + height);
      root.setAttribute("role", "img");
      root.setAttribute("class", "chart");
      if (alone) {
        String rules = "@media (prefers-color-scheme: dark){" + Style.DARK_RULES + "}";
        root.insertBefore(element(document, "style", rules), root.getFirstChild());
      }
      fitText(root);
      nameIds(root, name + "-");
      root.insertBefore(element(document, "desc", description), root.getFirstChild());
      root.insertBefore(element(document, "title", title), root.getFirstChild());
      return serialize(root, alone);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("Java's XML tools cannot write a plain document", e);
    }
  }

  private static Element element(Document document, String name, String text) {
    Element element = document.createElementNS(SVG, name);
    element.setTextContent(text);
    return element;
  }

  /**
   * Takes off the one font's name that every text carries, and pins each text to the width it was
   * laid out with: where another font stands in, the text is fitted to its room.
   */
  private static void fitText(Element root) {
    root.setAttribute("font-family", BundledFont.FAMILIES);
    NodeList elements = root.getElementsByTagNameNS(SVG, "*");
    for (int at = 0; at < elements.getLength(); at++) {
      Element element = (Element) elements.item(at);
      element.removeAttribute("font-family");
      if (element.getTagName().equals("text")) {
        double width = BundledFont.width(element.getTextContent(), fontSize(element));
        element.setAttribute("textLength", String.format(Locale.ROOT, "%.1f", width));
        element.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
    }
  }

  /** Puts the prefix before each id, and where it is referred to. */
  private static void nameIds(Element root, String prefix) {
    NodeList elements = root.getElementsByTagNameNS(SVG, "*");
    for (int at = 0; at < elements.getLength(); at++) {
      Element element = (Element) elements.item(at);
      if (element.hasAttribute("id")) {
        element.setAttribute("id", prefix + element.getAttribute("id"));
      }
      if (element.hasAttribute("clip-path")) {
        String clip = element.getAttribute("clip-path");
        element.setAttribute("clip-path", clip.replace("url(#", "url(#" + prefix));
      }
    }
  }

  private static float fontSize(Element element) {
    String size = element.getAttribute("font-size");
    return size.isEmpty()
        ? fontSize((Element) element.getParentNode())
        : Float.parseFloat(size.replace("px", ""));
  }

  private static byte[] serialize(Element root, boolean declared) throws TransformerException {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, declared ? "no" : "yes");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    transformer.transform(new DOMSource(root), new StreamResult(bytes));
    return bytes.toByteArray();
  }
}
