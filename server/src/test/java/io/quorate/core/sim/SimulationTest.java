package io.quorate.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The promises of the design, over many seeds; and the faults that must not go unseen.
 *
 * <p>{@code -Dquorate.seeds=100000} runs that many seeds. {@code -Dquorate.seed=12345} runs this
 * one alone, exactly as before, and {@code -Dquorate.trace=true} tells what happens in it. {@code
 * -Dquorate.mutant=lease} plants only the faults with that word in their name.
 */
final class SimulationTest {

  private static final long SEEDS = 5_000;

  /** From so many on, faults are planted too that show only once in many thousands. */
  private static final long MANY_SEEDS = 50_000;

  private static final long LEAST_EVENTS = 2_000;

  @Test
  void promisesHoldInEverySeed() {
    Long only = Long.getLong("quorate.seed");
    long seeds = Long.getLong("quorate.seeds", SEEDS);
    Tally tally = new Tally();
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    LongStream range = only == null ? LongStream.rangeClosed(1, seeds) : LongStream.of(only);
    long events = range.parallel().map(seed -> run(seed, tally, failures)).sum();
    System.out.printf(Locale.ROOT, "%,d events in the simulator%n%s", events, tally.table());
    assertThat(failures).isEmpty();
    if (only == null && seeds >= SEEDS) {
      assertThat(tally.missing()).as("never happened").isEmpty();
    }
  }

  private static long run(long seed, Tally total, List<String> failures) {
    Tally tally = new Tally();
    long events = LEAST_EVENTS;
    try {
      events = new Simulation(seed, tally, Boolean.getBoolean("quorate.trace")).run();
    } catch (RuntimeException | AssertionError failure) {
      failures.add(
          failure
              + " (again: ./mvnw -pl server test -Dtest=SimulationTest#promisesHoldInEverySeed"
              + " -Dquorate.trace=true -Dquorate.seed="
              + seed
              + ")");
    }
    assertThat(events).isGreaterThanOrEqualTo(LEAST_EVENTS);
    synchronized (total) {
      total.add(tally);
    }
    return events;
  }

  @Test
  void plantedFaultsAreCaughtByTheSamePromises() {
    String only = System.getProperty("quorate.mutant", "");
    long seeds = Long.getLong("quorate.seeds", SEEDS);
    MutantCompiler compiler = new MutantCompiler();
    List<String> missed =
        Mutant.all().parallelStream()
            .filter(mutant -> mutant.name().contains(only))
            .filter(mutant -> !mutant.rare() || seeds >= MANY_SEEDS)
            .filter(mutant -> !isCaught(mutant, seeds, compiler.load(mutant)))
            .map(Mutant::name)
            .toList();
    assertThat(missed).isEmpty();
  }

  /** So that the soak does not find out after an hour. */
  @Test
  void rareFaultsFitTheCodeThatTheyArePlantedIn() {
    MutantCompiler compiler = new MutantCompiler();
    assertThat(Mutant.all().stream().filter(Mutant::rare).map(compiler::load))
        .isNotEmpty()
        .doesNotContainNull();
  }

  private static boolean isCaught(
      Mutant mutant, long seeds, LongFunction<@Nullable String> runner) {
    String broken = null;
    long seed = 0;
    while (broken == null && seed < seeds) {
      seed++;
      broken = runner.apply(seed);
    }
    System.out.printf(
        Locale.ROOT, "  caught after %4d seeds by %-24s %s%n", seed, broken, mutant.name());
    return broken != null;
  }
}
