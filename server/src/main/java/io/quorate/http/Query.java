package io.quorate.http;

/**
 * What follows the question mark of a target, still encoded.
 *
 * @param text empty where there is none
 */
record Query(String text) {

  static final Query NONE = new Query("");

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** The decoded value of a parameter; empty text where it is not there. */
  Parsed<String> parameter(String name) {
    Parsed<String> encoded = encodedOnce(name, false);
    return encoded instanceof Parsed.Value<String> found && found.value().indexOf('%') >= 0
        ? Parsed.value(PercentCode.text(found.value()))
        : encoded;
  }

  /** The value of a parameter as it came; empty where it is not there, or is empty. */
  Parsed<String> encodedOnce(String name) {
    return encodedOnce(name, true);
  }

  private Parsed<String> encodedOnce(String name, boolean mayBeEmpty) {
    String found = "";
    boolean there = false;
    for (int start = 0; start < text.length(); ) {
      int end = endOfPair(start);
      int afterName = endOfName(start, end);
      if (names(name, start, afterName)) {
        if (there) {
          return Parsed.badRequest(name + " stands more than once; it is taken once");
        }
        there = true;
        found = text.substring(Math.min(end, afterName + 1), end);
        if (found.isEmpty() && !mayBeEmpty) {
          return Parsed.badRequest(name + " is empty");
        }
      }
      start = end + 1;
    }
    return there ? Parsed.value(found) : Parsed.EMPTY_TEXT;
  }

  /** The first value of a parameter as it came; empty where it is not there. */
  String encodedParameter(String name) {
    for (int start = 0; start < text.length(); ) {
      int end = endOfPair(start);
      int afterName = endOfName(start, end);
      if (names(name, start, afterName)) {
        return text.substring(Math.min(end, afterName + 1), end);
      }
      start = end + 1;
    }
    return "";
  }

  private int endOfPair(int start) {
    int end = text.indexOf('&', start);
    return end < 0 ? text.length() : end;
  }

  private int endOfName(int start, int endOfPair) {
    int equals = text.indexOf('=', start);
    return equals < 0 ? endOfPair : Math.min(equals, endOfPair);
  }

  private boolean names(String name, int start, int end) {
    int length = end - start;
    if (length == name.length() && text.startsWith(name, start)) {
      return true;
    }
    String sent = length > name.length() ? text.substring(start, end) : "";
    return sent.indexOf('%') >= 0 && PercentCode.text(sent).equals(name);
  }
}
