package io.quorate.node;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.stream.Stream;
import org.slf4j.Logger;

/**
 * How a node logs where no file says otherwise: what is of interest to its operator, to standard
 * error. Logback finds it as a service. In code, because reading a file of settings takes a node as
 * long as all else that it does to start; a file where Logback looks for one is read all the same,
 * in place of this.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (hasFile(LogSetup.class.getClassLoader())) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    EncoderBase<ILoggingEvent> lines = lines(new Environment(System.getenv()));
    lines.setContext(context);
    lines.start();
    ConsoleAppender<ILoggingEvent> stderr = new ConsoleAppender<>();
    stderr.setContext(context);
    stderr.setName("stderr");
    stderr.setTarget("System.err");
    stderr.setEncoder(lines);
    stderr.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(stderr);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** What cannot be taken is refused when the node reads its variables, in a line of text. */
  static EncoderBase<ILoggingEvent> lines(Environment environment) {
    try {
      return switch (LogFormat.read(environment)) {
        case TEXT -> new LogLines();
        case JSON -> new JsonLogLines();
      };
    } catch (WrongVariableException refusedLater) {
      return new LogLines();
    }
  }

  static boolean hasFile(ClassLoader loader) {
    return System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null
        || Stream.of(ClassicConstants.TEST_AUTOCONFIG_FILE, ClassicConstants.AUTOCONFIG_FILE)
            .anyMatch(file -> loader.getResource(file) != null);
  }
}
