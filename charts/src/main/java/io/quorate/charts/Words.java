package io.quorate.charts;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the constants of the schema are spelled in files. */
final class Words {
  private Words() {}

  /** The constant as a word in lower case. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Every word of the type, in the order of its constants. */
  static <E extends Enum<E>> List<String> all(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
  }
}
