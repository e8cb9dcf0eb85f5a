package io.quorate.charts;

import java.util.List;

/** HTML under way. Every text that is given is escaped; only pictures are taken as they are. */
final class Html {
  private final StringBuilder html = new StringBuilder();

  /** Opens an element; its attributes come as name, value, name, value. */
  Html open(String tag, String... attributes) {
    html.append('<').append(tag);
    for (int at = 0; at < attributes.length; at += 2) {
      html.append(' ').append(attributes[at]).append("=\"");
      html.append(escaped(attributes[at + 1])).append('"');
    }
    html.append('>');
    return this;
  }

  Html close(String tag) {
    html.append("</").append(tag).append(">\n");
    return this;
  }

  Html text(String text) {
    html.append(escaped(text));
    return this;
  }

  /** An element with nothing but a text. */
  Html element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close(tag);
  }

  /** A row of cells of one kind, {@code th} or {@code td}. */
  Html row(String cell, List<String> texts) {
    open("tr");
    for (String text : texts) {
      element(cell, text);
    }
    return close("tr");
  }

  /** What is HTML already: a picture of ours, or the page's own style. */
  Html asItIs(String ours) {
    html.append(ours);
    return this;
  }

  @Override
  public String toString() {
    return html.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
