package io.quorate.charts;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
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
   * @param title what the picture is, in a few words
   * @param description what it shows, for those who cannot see it
   */
  static byte[] draw(JFreeChart chart, int width, int height, String title, String description) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment(null);
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      graphics.setSVGCanvasSize(new Dimension(width, height));
      chart.draw(graphics, new Rectangle(width, height));
      Element root = graphics.getRoot();
      root.setAttribute("viewBox", "0 0 " + width + " " + height);
      root.setAttribute("role", "img");
      nameFamilies(root);
      root.insertBefore(element(document, "desc", description), root.getFirstChild());
      root.insertBefore(element(document, "title", title), root.getFirstChild());
      return serialize(root);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("Java's XML tools cannot write a plain document", e);
    }
  }

  private static Element element(Document document, String name, String text) {
    Element element = document.createElementNS(SVG, name);
    element.setTextContent(text);
    return element;
  }

  private static void nameFamilies(Element root) {
    root.setAttribute("font-family", BundledFont.FAMILIES);
    NodeList elements = root.getElementsByTagNameNS(SVG, "*");
    for (int at = 0; at < elements.getLength(); at++) {
      ((Element) elements.item(at)).removeAttribute("font-family");
    }
  }

  private static byte[] serialize(Element root) throws TransformerException {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    transformer.transform(new DOMSource(root), new StreamResult(bytes));
    return bytes.toByteArray();
  }
}
