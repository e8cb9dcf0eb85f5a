package io.quorate.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class JavaOptionsTest {

  @Test
  void whatOneJavaDoesNotKnowIsPassedOverFromTheFirstOptionOn() throws IOException {
    assertThat(options().get(0)).isEqualTo("-XX:+IgnoreUnrecognizedVMOptions");
  }

  /** So that whoever starts nodes reads the file as the java command does. */
  @Test
  void everyLineIsACommentOrOneOptionWithoutQuotes() throws IOException {
    assertThat(options())
        .allSatisfy(option -> assertThat(option).startsWith("-").doesNotContainPattern("[\\s'\"]"));
  }

  private static List<String> options() throws IOException {
    try (InputStream file = Main.class.getResourceAsStream("java.options")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }
}
