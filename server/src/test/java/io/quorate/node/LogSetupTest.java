package io.quorate.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogSetupTest {

  private final LoggerContext context = new LoggerContext();

  @Test
  void logsWhatIsOfInterestToStandardError() {
    assertThat(new LogSetup().configure(context))
        .isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertThat(root.getLevel()).isEqualTo(Level.INFO);
    assertThat(root.getAppender("stderr").isStarted()).isTrue();
  }

  @Test
  void leavesItToAFileWhereLogbackLooksForOne(@TempDir Path directory) throws Exception {
    Files.createFile(directory.resolve("logback.xml"));
    try (URLClassLoader found = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
      assertThat(LogSetup.hasFile(found)).isTrue();
    }
    assertThat(LogSetup.hasFile(LogSetup.class.getClassLoader())).isFalse();
  }

  @Test
  void formatIsAsTheEnvironmentSays() {
    assertThat(LogSetup.lines(environment(""))).isInstanceOf(LogLines.class);
    assertThat(LogSetup.lines(environment("TEXT"))).isInstanceOf(LogLines.class);
    assertThat(LogSetup.lines(environment("json"))).isInstanceOf(JsonLogLines.class);
  }

  @Test
  void wrongFormatIsRefusedWithTheOtherVariables() {
    assertThat(LogSetup.lines(environment("xml"))).isInstanceOf(LogLines.class);
    assertThatThrownBy(() -> NodeConfig.read(environment("xml")))
        .hasMessage("LOG_FORMAT: got \"xml\"; takes text or json");
  }

  private static Environment environment(String format) {
    return new Environment(Map.of("LOG_FORMAT", format));
  }

  @Test
  void linesTellTimeLevelShortNameOfTheLoggerAndMessage() {
    assertThat(line(Level.INFO, null))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\S+ INFO  Sender a 1\\R");
    assertThat(line(Level.ERROR, null)).contains(" ERROR Sender a 1");
  }

  @Test
  void stackTraceStandsBelowItsLine() {
    assertThat(line(Level.WARN, new IllegalStateException("broken")))
        .containsPattern("a 1\\R\\S*IllegalStateException: broken\\R\\s+at ");
  }

  private String line(Level level, @Nullable Throwable thrown) {
    Logger logger = context.getLogger("some.place.Sender");
    LoggingEvent event =
        new LoggingEvent("caller", logger, level, "a {}", thrown, new Object[] {1});
    return new String(new LogLines().encode(event), UTF_8);
  }
}
