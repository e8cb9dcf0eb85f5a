package io.quorate.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The table for programs: schema {@value #SCHEMA}. */
final class JsonReport {
  static final String SCHEMA = "quorate-bench-1";

  private JsonReport() {}

  static String of(Run run) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      writeHead(json, run);
      json.writeArrayFieldStart("rows");
      for (Result result : run.results()) {
        writeRow(json, result);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text + "\n";
  }

  /** What belongs to the run as a whole. */
  private static void writeHead(JsonGenerator json, Run run) throws IOException {
    json.writeStringField("command", run.command());
    json.writeStringField("date", run.date());
    json.writeNumberField("rounds", run.rounds());
    json.writeNumberField("turn_seconds", run.turnSeconds());
    json.writeObjectFieldStart("machine");
    json.writeNumberField("cores", run.machine().cores());
    json.writeStringField("processor", run.machine().processor());
    json.writeStringField("kernel", run.machine().kernel());
    json.writeStringField("java", run.machine().java());
    json.writeEndObject();
    json.writeObjectFieldStart("tools");
    for (Map.Entry<String, String> tool : run.tools().entrySet()) {
      json.writeStringField(tool.getKey(), tool.getValue());
    }
    json.writeEndObject();
  }

  private static void writeRow(JsonGenerator json, Result result) throws IOException {
    Row row = result.row();
    Target target = row.target();
    Samples figure = result.figure();
    json.writeStartObject();
    json.writeStringField("row", row.word());
    json.writeStringField("figure", row.title());
    json.writeStringField("unit", row.unit());
    json.writeStringField("verdict", result.verdict().word());
    json.writeStringField("behind", result.measured());
    if (figure == null) {
      json.writeNullField("median");
    } else {
      json.writeNumberField("median", figure.median());
      json.writeNumberField("least", figure.least());
      json.writeNumberField("most", figure.most());
      json.writeArrayFieldStart("samples");
      for (double sample : figure.values()) {
        json.writeNumber(sample);
      }
      json.writeEndArray();
    }
    if (target == null) {
      json.writeNullField("target");
    } else {
      json.writeObjectFieldStart("target");
      json.writeStringField(
          "better",
          switch (target.better()) {
            case HIGHER -> "higher";
            case LOWER -> "lower";
          });
      json.writeNumberField("least", target.least());
      json.writeNumberField("aim", target.aim());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
