package io.quorate.bench;

import io.quorate.loadgen.NodeCommand;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Bytes that a request allocates on its way through the pipeline, as JMH counts them on a node's
 * Java.
 */
final class AllocationRows implements Experiment {
  private static final String BENCHMARK = "io.quorate.http.RequestBenchmark";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** The array that the store keeps: 64 bytes of value, and its header. */
  private static final double STORED_VALUE_BYTES = 64 + 16;

  private final Path jar;

  /**
   * @param jar the benchmarks
   */
  AllocationRows(Path jar) {
    this.jar = jar;
  }

  @Override
  public Set<Row> rows() {
    return Set.of(Row.GET_BYTES, Row.PUT_BYTES);
  }

  @Override
  public void measure(Bench bench, Set<Row> wanted, Results results) throws Refusal {
    if (!Files.exists(jar)) {
      String missing = "no " + jar + " (./quorate jmh makes it)";
      wanted.forEach(row -> results.add(Result.skipped(row, missing)));
      return;
    }
    bench.say("JMH");
    Path file = bench.scratch().resolve("jmh.json");
    Command.run("JMH", command(file), bench.scratch(), LIMIT, bench.surroundings().stop());
    String json = read(file);
    if (wanted.contains(Row.GET_BYTES)) {
      Samples bytes = JmhReport.bytesPerOperation(json, BENCHMARK + ".get");
      results.add(Result.measured(Row.GET_BYTES, bytes, measured(bytes)));
    }
    if (wanted.contains(Row.PUT_BYTES)) {
      Samples bytes = JmhReport.bytesPerOperation(json, BENCHMARK + ".put");
      results.add(
          Result.measured(
              Row.PUT_BYTES,
              new Samples(bytes.values().stream().map(each -> each - STORED_VALUE_BYTES).toList()),
              measured(bytes) + " less the array of 64 bytes that is stored"));
    }
  }

  private static String measured(Samples iterations) {
    return "median of " + iterations.values().size() + " iterations of JMH, gc.alloc.rate.norm";
  }

  private List<String> command(Path file) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String which = "^" + BENCHMARK.replace(".", "\\.") + "\\.(get|put)$";
    List<String> command = new ArrayList<>(List.of(java, "-jar", jar.toString(), which));
    command.addAll(List.of("-jvmArgs", String.join(" ", NodeCommand.options())));
    command.addAll(List.of("-f", "1", "-wi", "5", "-w", "1s", "-i", "5", "-r", "1s"));
    command.addAll(List.of("-foe", "true", "-prof", "gc", "-rf", "json", "-rff", file.toString()));
    return command;
  }

  private static String read(Path file) throws Refusal {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      throw Refusal.failed("JMH wrote no " + file.getFileName());
    }
  }
}
