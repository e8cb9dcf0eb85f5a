package io.quorate.bench;

import io.quorate.charts.WholeFile;
import io.quorate.loadgen.Flags;
import io.quorate.loadgen.HttpClient;
import io.quorate.loadgen.Refusal;
import io.quorate.loadgen.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the whole table. */
@Command(
    name = "bench",
    description = {
      "Measures Quorate side by side with bare Netty, nginx, Redis, etcd and PostgreSQL on this"
          + " machine, and itself, and holds every figure against its target. Takes wrk,"
          + " redis-server, nginx, etcd, postgres and strace; a row whose tool is missing is"
          + " skipped.",
      "Sends to loopback only, and ends all that it starts. The machine should do nothing else.",
      "Exit status: 0 when every row was measured or skipped for a missing tool, whatever the"
          + " verdicts; 1 when a measurement broke or was stopped, 2 for bad input.",
      ""
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_ROUNDS = 100;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--rounds",
      paramLabel = "K",
      description = "how often those compared take turns (default " + Plan.DEFAULT_ROUNDS + ")")
  private @Nullable String rounds;

  @Option(names = "--quick", description = "shorter turns: all within 15 minutes, less exact")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "ROW[,ROW]",
      description = "measure these rows only; a wrong one is answered with what there is")
  private @Nullable String only;

  @Option(
      names = "--scaling",
      description =
          "in place of the table: how throughput and p99 grow with connections, value size, keys,"
              + " followers and event loops")
  private boolean scaling;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "where the results go (default out/bench-<timestamp>), and until the end of each row what"
              + " it keeps on disk")
  private @Nullable String out;

  BenchCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Refusal {
    int roundCount =
        rounds == null ? Plan.DEFAULT_ROUNDS : Flags.whole("--rounds", rounds, 1, MOST_ROUNDS);
    Set<Row> asked = only == null ? EnumSet.allOf(Row.class) : rows(only);
    if (scaling && only != null) {
      throw Refusal.flag("--only", only, "nothing together with --scaling");
    }
    if (scaling && rounds != null) {
      throw Refusal.badInput("--scaling takes one turn a point and no --rounds");
    }
    Plan plan = quick ? Plan.quick(roundCount) : Plan.full(roundCount);
    Path directory = out == null ? Flags.defaultOut("bench") : Path.of(out);
    String date =
        ZonedDateTime.now(ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.SECONDS)
            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    makeDirectory(directory);
    try (Scratch scratch = Scratch.make();
        HttpClient client = new HttpClient()) {
      Bench bench = new Bench(plan, client, surroundings, scratch.directory(), directory);
      return scaling ? curves(bench, directory, date) : table(bench, asked, directory, date);
    }
  }

  private int table(Bench bench, Set<Row> asked, Path directory, String date) throws Refusal {
    Map<String, String> tools = Versions.of(bench);
    Results results = new Results(surroundings.out());
    Table.measure(Table.experiments(benchmarks()), bench, asked, results);
    Run run =
        new Run(
            typed(),
            date,
            bench.plan().rounds(),
            bench.plan().turn().toSeconds(),
            Machine.here(),
            tools,
            results.all());
    String markdown = MarkdownReport.of(run);
    write(directory.resolve("bench.json"), JsonReport.of(run));
    write(directory.resolve("bench.md"), markdown);
    surroundings.out().println();
    surroundings.out().print(markdown);
    surroundings.out().println();
    surroundings.out().println("written to " + directory.resolve("bench.{json,md}"));
    boolean stopped = surroundings.stop().isRequested();
    return stopped || results.anyFailed() ? Refusal.FAILED : 0;
  }

  private int curves(Bench bench, Path directory, String date) throws Refusal {
    List<Growth> measured = new Scaling(bench).measure();
    String markdown =
        "`"
            + typed()
            + "`, "
            + date
            + "\n\n"
            + Machine.here().described()
            + "\n\n"
            + GrowthReport.markdown(measured);
    write(directory.resolve("scaling.json"), GrowthReport.json(measured));
    write(directory.resolve("scaling.md"), markdown);
    GrowthReport.draw(measured, directory);
    surroundings.out().println();
    surroundings.out().print(markdown);
    surroundings.out().println("written to " + directory);
    boolean broken = measured.stream().anyMatch(Growth::isBroken);
    return surroundings.stop().isRequested() || broken ? Refusal.FAILED : 0;
  }

  static Set<Row> rows(String got) throws Refusal {
    Set<Row> rows = EnumSet.noneOf(Row.class);
    for (String word : got.split(",", -1)) {
      Row named =
          Arrays.stream(Row.values())
              .filter(row -> row.word().equals(word))
              .findFirst()
              .orElse(null);
      if (named == null) {
        throw Refusal.flag(
            "--only",
            word,
            "one or more of "
                + Arrays.stream(Row.values()).map(Row::word).collect(Collectors.joining(", ")));
      }
      rows.add(named);
    }
    return rows;
  }

  /** The benchmarks of a source tree whose bench/target our jar lies in. */
  private static Path benchmarks() {
    Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    return jar.resolve("../../../jmh/target/benchmarks.jar").normalize();
  }

  private String typed() {
    List<String> words = new ArrayList<>(List.of("./quorate", "bench"));
    words.addAll(spec.root().commandLine().getParseResult().originalArgs());
    return String.join(" ", words);
  }

  /** Before hours are spent on what cannot be written. */
  private static void makeDirectory(Path directory) throws Refusal {
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw Refusal.badInput("--out: cannot make the directory " + directory + ": " + failed);
    }
  }

  static void write(Path file, String text) throws Refusal {
    try {
      WholeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException failed) {
      throw Refusal.failed("cannot write " + file + ": " + failed);
    }
  }
}
