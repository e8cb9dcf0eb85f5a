package io.quorate.core;

import java.util.Optional;

/**
 * A write's place across leaderships: what a client holds as {@code epoch.version}. Of two tokens
 * the one with the larger epoch is newer; within an epoch the one with the larger version.
 */
public record Token(long epoch, long version) implements Comparable<Token> {

  /** Below every token that is given. */
  public static final Token NONE = new Token(0, 0);

  /**
   * Reads {@code epoch.version}, both decimal and without sign; empty when the text is anything
   * else.
   */
  public static Optional<Token> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 1 || dot == text.length() - 1 || !allDigits(text, dot)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Token(
              Long.parseLong(text, 0, dot, 10), Long.parseLong(text, dot + 1, text.length(), 10)));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  private static boolean allDigits(String text, int except) {
    for (int i = 0; i < text.length(); i++) {
      if (i != except && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return false;
      }
    }
    return true;
  }

  /** Whether (epoch, version) is newer than (otherEpoch, otherVersion). */
  public static boolean newer(long epoch, long version, long otherEpoch, long otherVersion) {
    return epoch != otherEpoch ? epoch > otherEpoch : version > otherVersion;
  }

  @Override
  public int compareTo(Token other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(version, other.version);
  }

  @Override
  public String toString() {
    return epoch + "." + version;
  }
}
