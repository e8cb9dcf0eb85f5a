package io.quorate.node;

/** What an operator has given, as it is told back. */
final class OneLine {

  private OneLine() {}

  /** The text with no line end or other control in it. */
  static String of(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
