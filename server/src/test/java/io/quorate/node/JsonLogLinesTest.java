package io.quorate.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class JsonLogLinesTest {

  private final LoggerContext context = new LoggerContext();

  private String line(Level level, String message, @Nullable Throwable thrown) {
    JsonLogLines lines = new JsonLogLines();
    lines.setContext(context);
    LoggingEvent event =
        new LoggingEvent(
            "caller",
            context.getLogger("some.place.Sender"),
            level,
            message,
            thrown,
            new Object[] {1});
    return new String(lines.encode(event), UTF_8);
  }

  private static Map<String, String> fields(String line) throws IOException {
    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n", "\r");
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(line)) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        fields.put(name, json.getText());
      }
      assertThat(json.nextToken()).isNull();
    }
    return fields;
  }

  @Test
  void anEventIsAnObjectOnALine() throws IOException {
    Map<String, String> fields = fields(line(Level.INFO, "a {}", null));
    assertThat(fields).containsOnlyKeys("time", "level", "logger", "message");
    assertThat(fields.get("time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(fields)
        .containsEntry("level", "INFO")
        .containsEntry("logger", "some.place.Sender")
        .containsEntry("message", "a 1");
  }

  @Test
  void whateverIsInAMessageStaysInItsLine() throws IOException {
    assertThat(fields(line(Level.WARN, "two\r\nlines, a \" and \u2028 {}", null)))
        .containsEntry("message", "two\r\nlines, a \" and \u2028 1");
  }

  @Test
  void anExceptionIsInTheLineWithItsTraceAndItsCause() throws IOException {
    Exception thrown = new IllegalStateException("broken", new IOException("why"));
    assertThat(fields(line(Level.ERROR, "a", thrown)).get("exception"))
        .contains(
            "IllegalStateException: broken\n", "\tat ", "Caused by: java.io.IOException: why");
  }

  @Test
  void nodeAndEpochStandInTheLineOnceTheyAreKnown() throws IOException {
    context.putObject(LogFacts.class.getName(), new LogFacts("n:1", () -> 0));
    assertThat(fields(line(Level.INFO, "a", null)))
        .containsEntry("node", "n:1")
        .doesNotContainKey("epoch");
    context.putObject(LogFacts.class.getName(), new LogFacts("n:1", () -> 7));
    assertThat(fields(line(Level.INFO, "a", null))).containsEntry("epoch", "7");
  }
}
