package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTest {

  @Test
  void readsWhatItWrites() {
    Token token = new Token(3, Long.MAX_VALUE);
    assertThat(Token.parse(token.toString())).contains(token);
    assertThat(Token.parse("0.0")).contains(Token.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "1",
        "1.",
        ".1",
        "-1.2",
        "1.-2",
        "+1.2",
        "1.2.3",
        "1 .2",
        "a.b",
        "1.2x",
        "٣.١",
        "9223372036854775808.1",
        "1.9223372036854775808"
      })
  void refusesAnythingElse(String text) {
    assertThat(Token.parse(text)).isEmpty();
  }

  @Test
  void largerEpochWinsWhateverTheVersion() {
    assertThat(new Token(2, 1)).isGreaterThan(new Token(1, 99));
    assertThat(new Token(2, 2)).isGreaterThan(new Token(2, 1));
    assertThat(Token.newer(1, 1, 1, 1)).isFalse();
  }
}
