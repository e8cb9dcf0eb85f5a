package io.quorate.charts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spells a sweep's records as JSON. */
final class SweepWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private SweepWriter(JsonGenerator json) {
    this.json = json;
  }

  static byte[] json(Sweep sweep) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      new SweepWriter(json).write(sweep);
      json.writeRaw('\n');
    }
    return bytes.toByteArray();
  }

  private void write(Sweep sweep) throws IOException {
    json.writeStartObject();
    json.writeNumberField("schema", Sweep.SCHEMA);
    json.writeStringField("started_at", sweep.startedAt());
    json.writeBooleanField("complete", sweep.complete());
    texts("command", sweep.command());
    write(sweep.settings());
    write(sweep.machine());
    json.writeArrayFieldStart("results");
    for (Sweep.Result result : sweep.results()) {
      write(result);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("completions");
    for (Sweep.Completions completions : sweep.completions()) {
      write(completions);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("links");
    for (Sweep.Link link : sweep.links()) {
      write(link);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("residuals");
    for (Residual residual : Residual.of(sweep)) {
      write(residual);
    }
    json.writeEndArray();
    write(sweep.proof());
    json.writeEndObject();
  }

  private void write(Sweep.Settings settings) throws IOException {
    json.writeObjectFieldStart("settings");
    json.writeStringField("leader", settings.leader());
    json.writeNumberField("followers", settings.followers());
    measure("min_delay_ms", settings.minDelayMs());
    measure("max_delay_ms", settings.maxDelayMs());
    word("mode", settings.mode());
    json.writeNumberField("connections", settings.connections());
    measure("rate", settings.rate());
    word("arrivals", settings.arrivals());
    measure("reads", settings.reads());
    word("read_from", settings.readFrom());
    json.writeNumberField("keys", settings.keys());
    word("key_distribution", settings.keyDistribution());
    measure("theta", settings.theta());
    json.writeNumberField("min_value_bytes", settings.minValueBytes());
    json.writeNumberField("max_value_bytes", settings.maxValueBytes());
    Long writes = settings.writes();
    if (writes == null) {
      json.writeNullField("writes");
    } else {
      json.writeNumberField("writes", writes);
    }
    measure("duration_s", settings.durationSeconds());
    json.writeStringField("warmup", settings.warmup());
    json.writeNumberField("rounds", settings.rounds());
    json.writeNumberField("timeout_ms", settings.timeoutMs());
    json.writeNumberField("seed", settings.seed());
    json.writeEndObject();
  }

  private void write(Sweep.Machine machine) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("os", machine.os());
    json.writeStringField("java", machine.java());
    json.writeNumberField("processors", machine.processors());
    json.writeStringField("server", machine.server());
    json.writeStringField("loadgen", machine.loadgen());
    json.writeEndObject();
  }

  private void write(Sweep.Result result) throws IOException {
    json.writeStartObject();
    word("load", result.load());
    word("mode", result.mode());
    json.writeNumberField("connections", result.connections());
    measure("rate_asked", result.rateAsked());
    word("lag", result.lag());
    json.writeNumberField("quorum", result.quorum());
    word("operation", result.operation());
    json.writeNumberField("count", result.count());
    json.writeNumberField("errors", result.errors());
    measure("seconds", result.seconds());
    measure("per_second", result.perSecond());
    Boolean reached = result.rateReached();
    if (reached == null) {
      json.writeNullField("rate_reached");
    } else {
      json.writeBooleanField("rate_reached", reached);
    }
    write(result.late());
    write(result.latency());
    json.writeArrayFieldStart("spectrum");
    for (Sweep.Point point : result.spectrum()) {
      json.writeArray(new double[] {point.percentile(), point.us()}, 0, 2);
    }
    json.writeEndArray();
    json.writeNumberField("rounds", result.rounds());
    json.writeBooleanField("complete", result.complete());
    json.writeStringField("histogram_file", result.histogramFile());
    json.writeStringField("hlog_tag", result.hlogTag());
    json.writeEndObject();
  }

  private void write(Sweep.@Nullable Late late) throws IOException {
    if (late == null) {
      json.writeNullField("late_us");
      return;
    }
    json.writeObjectFieldStart("late_us");
    measure("p99", late.p99());
    measure("max", late.max());
    json.writeEndObject();
  }

  private void write(Sweep.@Nullable Latency latency) throws IOException {
    if (latency == null) {
      json.writeNullField("latency");
      return;
    }
    json.writeObjectFieldStart("latency");
    for (Statistic statistic : Statistic.values()) {
      Sweep.Figure figure = latency.of(statistic);
      json.writeObjectFieldStart(Words.of(statistic));
      measure("value_us", figure.us());
      json.writeNumberField("beyond", figure.beyond());
      measure("low_us", figure.low());
      measure("high_us", figure.high());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void write(Sweep.Completions completions) throws IOException {
    json.writeStartObject();
    json.writeNumberField("quorum", completions.quorum());
    json.writeArrayFieldStart("followers");
    long writes = completions.writes();
    for (Sweep.Completion completion : completions.followers()) {
      json.writeStartObject();
      json.writeStringField("follower", completion.follower());
      json.writeNumberField("count", completion.count());
      measure("share", writes == 0 ? 0 : (double) completion.count() / writes);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Sweep.Link link) throws IOException {
    json.writeStartObject();
    json.writeStringField("follower", link.follower());
    json.writeNumberField("count", link.count());
    measure("p50_us", link.p50());
    measure("p90_us", link.p90());
    measure("p99_us", link.p99());
    measure("max_us", link.max());
    json.writeEndObject();
  }

  private void write(Residual residual) throws IOException {
    json.writeStartObject();
    word("load", residual.load());
    json.writeNumberField("quorum", residual.quorum());
    json.writeStringField("at", Words.of(residual.statistic()));
    json.writeNumberField("predicted_us", residual.predicted());
    json.writeNumberField("measured_us", residual.measured());
    json.writeNumberField("residual_us", residual.raw());
    Double beyond = residual.beyondBaseline();
    if (beyond == null) {
      json.writeNullField("beyond_baseline_us");
    } else {
      json.writeNumberField("beyond_baseline_us", beyond);
    }
    json.writeEndObject();
  }

  private void write(Sweep.@Nullable Proof proof) throws IOException {
    if (proof == null) {
      json.writeNullField("proof");
      return;
    }
    json.writeObjectFieldStart("proof");
    json.writeBooleanField("converged", proof.converged());
    json.writeNumberField("nodes", proof.nodes());
    json.writeNumberField("keys", proof.keys());
    json.writeStringField("digest", proof.digest());
    texts("problems", proof.problems());
    json.writeEndObject();
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private void word(String name, @Nullable Enum<?> constant) throws IOException {
    json.writeStringField(name, constant == null ? null : Words.of(constant));
  }

  private void measure(String name, @Nullable Double number) throws IOException {
    if (number == null) {
      json.writeNullField(name);
      return;
    }
    if (!Double.isFinite(number) || number < 0) {
      throw new IllegalArgumentException(name + " is " + number);
    }
    json.writeNumberField(name, number);
  }
}
