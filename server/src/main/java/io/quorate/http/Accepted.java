package io.quorate.http;

import java.util.List;
import java.util.Locale;

/** Reads {@code Accept} (RFC 9110, section 12.5.1) as far as two representations need it. */
final class Accepted {

  private Accepted() {}

  /**
   * Whether JSON is wanted: {@code application/json} is named, not with a weight of 0, and {@code
   * application/octet-stream} is not named with a greater one. Ranges such as {@code *}{@code /*}
   * want the bytes.
   *
   * @param lines the field's values, one for each time it stands
   */
  static boolean json(List<String> lines) {
    if (lines.isEmpty()) {
      return false;
    }
    String accept = String.join(",", lines);
    if (accept.isEmpty() || accept.equals("*/*")) {
      return false;
    }
    double json = 0;
    double octets = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      if (parts[0].trim().equals("application/json")) {
        json = Math.max(json, weight(parts));
      } else if (parts[0].trim().equals("application/octet-stream")) {
        octets = Math.max(octets, weight(parts));
      }
    }
    return json > 0 && json >= octets;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].trim();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2).trim());
        } catch (NumberFormatException notANumber) {
          return 0;
        }
      }
    }
    return 1;
  }
}
