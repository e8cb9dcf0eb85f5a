package io.quorate.node;

import java.util.Locale;

/** How the lines of a node's log look. */
enum LogFormat {
  TEXT,
  JSON;

  static LogFormat read(Environment environment) throws WrongVariableException {
    String text = environment.text(Variable.LOG_FORMAT);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default -> throw new WrongVariableException(Variable.LOG_FORMAT, text);
    };
  }
}
