package io.quorate.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Log events as lines of text, a stack trace below its line:
 *
 * <pre>
 *  2026-01-31T12:00:00.000+01:00 INFO  LeaderNode leading with epoch 1
 * </pre>
 */
final class LogLines extends EncoderBase<ILoggingEvent> {

  private static final int LEVEL_WIDTH = 5;

  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String level = event.getLevel().toString();
    String logger = event.getLoggerName();
    StringBuilder line = new StringBuilder();
    time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ')
        .append(level)
        .append(" ".repeat(Math.max(1, LEVEL_WIDTH + 1 - level.length())))
        .append(logger, logger.lastIndexOf('.') + 1, logger.length())
        .append(' ')
        .append(event.getFormattedMessage())
        .append(System.lineSeparator());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}
