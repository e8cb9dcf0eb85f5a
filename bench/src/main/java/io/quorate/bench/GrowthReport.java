package io.quorate.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.quorate.charts.GrowthPicture;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The curves as tables, for programs, and drawn. */
final class GrowthReport {
  private static final String SCHEMA = "quorate-scaling-1";
  private static final double MICROS_PER_MILLI = 1e3;
  private static final String NONE = "-";

  private GrowthReport() {}

  static String markdown(List<Growth> growths) {
    StringBuilder text = new StringBuilder();
    for (Growth growth : growths) {
      text.append("| ").append(growth.grows());
      text.append(" | GET/s | GET p99 ms | PUT/s | PUT p99 ms |\n|---|---|---|---|---|\n");
      for (Growth.Point point : growth.points()) {
        text.append(String.format(Locale.ROOT, "| %,d | ", point.at()));
        text.append(cells(point.get())).append(" | ").append(cells(point.put())).append(" |\n");
      }
      text.append("\n").append(growth.fixed()).append(".\n");
      growth.problems().forEach(problem -> text.append(problem).append("\n"));
      text.append("\n");
    }
    return text.toString();
  }

  private static String cells(@Nullable WrkReport report) {
    return report == null
        ? NONE + " | " + NONE
        : String.format(
            Locale.ROOT, "%,.0f | %.2f", report.perSecond(), report.p99Micros() / MICROS_PER_MILLI);
  }

  static String json(List<Growth> growths) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("schema", SCHEMA);
      json.writeArrayFieldStart("curves");
      for (Growth growth : growths) {
        json.writeStartObject();
        json.writeStringField("name", growth.name());
        json.writeStringField("grows", growth.grows());
        json.writeStringField("fixed", growth.fixed());
        json.writeArrayFieldStart("points");
        for (Growth.Point point : growth.points()) {
          write(json, point);
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text + "\n";
  }

  private static void write(JsonGenerator json, Growth.Point point) throws IOException {
    json.writeStartObject();
    json.writeNumberField("at", point.at());
    write(json, "get", point.get());
    write(json, "put", point.put());
    json.writeStringField("problem", point.problem());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable WrkReport report)
      throws IOException {
    if (report == null) {
      json.writeNullField(name);
      return;
    }
    json.writeObjectFieldStart(name);
    json.writeNumberField("per_second", report.perSecond());
    json.writeNumberField("p99_us", report.p99Micros());
    json.writeEndObject();
  }

  /** A picture a curve, as SVG and PNG. */
  static void draw(List<Growth> growths, Path directory) throws Refusal {
    try {
      for (Growth growth : growths) {
        GrowthPicture.write(
            directory,
            "scaling-" + growth.name(),
            growth.grows(),
            growth.fixed() + "; wrk, one turn a point",
            List.of(
                line("GET", growth, Growth.Point::get), line("PUT", growth, Growth.Point::put)));
      }
    } catch (IOException failed) {
      throw Refusal.failed("cannot write into " + directory + ": " + failed);
    }
  }

  private static GrowthPicture.Line line(
      String label, Growth growth, Function<Growth.Point, @Nullable WrkReport> operation) {
    List<GrowthPicture.Point> points =
        growth.points().stream().map(point -> point(point.at(), operation.apply(point))).toList();
    return new GrowthPicture.Line(label, points);
  }

  private static GrowthPicture.Point point(long at, @Nullable WrkReport report) {
    return report == null
        ? new GrowthPicture.Point(at, Double.NaN, Double.NaN)
        : new GrowthPicture.Point(at, report.perSecond(), report.p99Micros() / MICROS_PER_MILLI);
  }
}
