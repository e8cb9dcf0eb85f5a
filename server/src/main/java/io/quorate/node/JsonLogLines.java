package io.quorate.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Log events as JSON, an object and a line each, a stack trace included:
 *
 * <pre>
 *  {"time":"2026-01-31T11:00:00.000Z","level":"INFO","logger":"io.quorate.replication.RoleLog",
 *   "node":"leader:8080","epoch":1,"message":"leading with epoch 1 from version 0 on"}
 * </pre>
 *
 * {@code node} and {@code epoch} once they are known; {@code exception} where there is one.
 */
final class JsonLogLines extends EncoderBase<ILoggingEvent> {

  private final JsonFactory json = new JsonFactory();
  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public byte @Nullable [] headerBytes() {
    return null;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator fields = json.createGenerator(line)) {
      fields.writeStartObject();
      write(fields, event);
      fields.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private void write(JsonGenerator fields, ILoggingEvent event) throws IOException {
    fields.writeStringField("time", time.format(Instant.ofEpochMilli(event.getTimeStamp())));
    fields.writeStringField("level", event.getLevel().toString());
    fields.writeStringField("logger", event.getLoggerName());
    LogFacts facts = LogFacts.of(getContext());
    if (facts != null) {
      fields.writeStringField("node", facts.node());
      long epoch = facts.epoch().getAsLong();
      if (epoch > 0) {
        fields.writeNumberField("epoch", epoch);
      }
    }
    fields.writeStringField("message", event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      fields.writeStringField("exception", ThrowableProxyUtil.asString(thrown));
    }
  }

  @Override
  public byte @Nullable [] footerBytes() {
    return null;
  }
}
