package io.quorate.it.history;

import java.util.Comparator;

/** A write's place in the leaders' one order: its epoch, then its version. */
public record Token(long epoch, long version) implements Comparable<Token> {

  /** Of a key before its first write. */
  public static final Token INITIAL = new Token(0, 0);

  private static final Comparator<Token> ORDER =
      Comparator.comparingLong(Token::epoch).thenComparingLong(Token::version);

  @Override
  public int compareTo(Token other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return epoch + "." + version;
  }
}
