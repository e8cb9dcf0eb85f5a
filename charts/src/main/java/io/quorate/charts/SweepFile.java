package io.quorate.charts;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The JSON file of one sweep. Names are {@code snake_case}, the unit last:
 *
 * <pre>{@code
 * {
 *   "schema": 1,
 *   "started_at": "2026-11-22T14:00:00Z",
 *   "settings": {
 *     "leader": "http://127.0.0.1:8080", "followers": 5,
 *     "min_delay_ms": 0.1, "max_delay_ms": 1.0,
 *     "writes_per_pass": 10000, "opening_warmup_writes": 20000, "warmup_writes_per_pass": 2000,
 *     "timeout_ms": 5000, "keys": 100, "value_bytes": 64, "seed": 1
 *   },
 *   "machine": { "os": "Linux 6.1", "java": "17.0.15", "processors": 2, "server": "1.0.0" },
 *   "passes": [
 *     {
 *       "load": "light", "write_quorum": 1, "connections": 1,
 *       "writes": 10000, "errors": 0, "seconds": 5.2,
 *       "latency": {
 *         "mean_us": 512.3, "p50_us": 498.0, "p90_us": 700.0,
 *         "p99_us": 910.0, "p999_us": 1400.0, "max_us": 2100.0
 *       },
 *       "complete": true, "histogram_file": "light-w1.hgrm"
 *     }
 *   ],
 *   "complete": true,
 *   "proof": { "converged": true, "nodes": 6, "keys": 100, "digest": "9f…", "problems": [] }
 * }
 * }</pre>
 *
 * {@code proof} is null when the sweep never came to it, {@code digest} when the leader reports
 * none, {@code latency} when no write of the pass was confirmed. Every other field is required, and
 * no other is taken.
 */
public final class SweepFile {
  private static final JsonFactory JSON = new JsonFactory();

  private SweepFile() {}

  /**
   * Writes the file whole or not at all, and the directories above it where they are missing.
   *
   * @throws IOException when the place cannot be written
   * @throws IllegalArgumentException when a number is not finite, or the schema not {@link
   *     Sweep#SCHEMA}
   */
  public static void write(Sweep sweep, Path file) throws IOException {
    if (sweep.schema() != Sweep.SCHEMA) {
      throw new IllegalArgumentException("schema " + sweep.schema() + ", not " + Sweep.SCHEMA);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeNumberField("schema", sweep.schema());
      json.writeStringField("started_at", sweep.startedAt());
      write(sweep.settings(), json);
      write(sweep.machine(), json);
      json.writeArrayFieldStart("passes");
      for (Sweep.Pass pass : sweep.passes()) {
        write(pass, json);
      }
      json.writeEndArray();
      json.writeBooleanField("complete", sweep.complete());
      write(sweep.proof(), json);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    WholeFile.write(file, bytes.toByteArray());
  }

  private static void write(Sweep.Settings settings, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("settings");
    json.writeStringField("leader", settings.leader());
    json.writeNumberField("followers", settings.followers());
    measure("min_delay_ms", settings.minDelayMs(), json);
    measure("max_delay_ms", settings.maxDelayMs(), json);
    json.writeNumberField("writes_per_pass", settings.writes());
    json.writeNumberField("opening_warmup_writes", settings.openingWarmup());
    json.writeNumberField("warmup_writes_per_pass", settings.warmup());
    json.writeNumberField("timeout_ms", settings.timeoutMs());
    json.writeNumberField("keys", settings.keys());
    json.writeNumberField("value_bytes", settings.valueBytes());
    json.writeNumberField("seed", settings.seed());
    json.writeEndObject();
  }

  private static void write(Sweep.Machine machine, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("machine");
    json.writeStringField("os", machine.os());
    json.writeStringField("java", machine.java());
    json.writeNumberField("processors", machine.processors());
    json.writeStringField("server", machine.server());
    json.writeEndObject();
  }

  private static void write(Sweep.Pass pass, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("load", pass.load());
    json.writeNumberField("write_quorum", pass.quorum());
    json.writeNumberField("connections", pass.connections());
    json.writeNumberField("writes", pass.writes());
    json.writeNumberField("errors", pass.errors());
    measure("seconds", pass.seconds(), json);
    write(pass.latency(), json);
    json.writeBooleanField("complete", pass.complete());
    json.writeStringField("histogram_file", pass.histogram());
    json.writeEndObject();
  }

  private static void write(Sweep.@Nullable Latency latency, JsonGenerator json)
      throws IOException {
    if (latency == null) {
      json.writeNullField("latency");
      return;
    }
    json.writeObjectFieldStart("latency");
    measure("mean_us", latency.mean(), json);
    measure("p50_us", latency.p50(), json);
    measure("p90_us", latency.p90(), json);
    measure("p99_us", latency.p99(), json);
    measure("p999_us", latency.p999(), json);
    measure("max_us", latency.max(), json);
    json.writeEndObject();
  }

  private static void write(Sweep.@Nullable Proof proof, JsonGenerator json) throws IOException {
    if (proof == null) {
      json.writeNullField("proof");
      return;
    }
    json.writeObjectFieldStart("proof");
    json.writeBooleanField("converged", proof.converged());
    json.writeNumberField("nodes", proof.nodes());
    json.writeNumberField("keys", proof.keys());
    json.writeStringField("digest", proof.digest());
    json.writeArrayFieldStart("problems");
    for (String problem : proof.problems()) {
      json.writeString(problem);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void measure(String name, double number, JsonGenerator json) throws IOException {
    if (!Double.isFinite(number) || number < 0) {
      throw new IllegalArgumentException(name + " is " + number);
    }
    json.writeNumberField(name, number);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UnusableSweepException when the file is missing, cut off, of another schema, or holds
   *     anything else than a sweep's results
   */
  public static Sweep read(Path file) throws UnusableSweepException {
    return SweepReader.sweep(JsonValue.read(file));
  }
}
