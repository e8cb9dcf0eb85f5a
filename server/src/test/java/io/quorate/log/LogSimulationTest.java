package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The promises of the log, over many seeds; and the faults that must not go unseen.
 *
 * <p>{@code -Dquorate.logSeeds=100000} runs that many, {@code -Dquorate.logSeed=12345} this one.
 */
final class LogSimulationTest {

  private static final long SEEDS = 1_500;

  @Test
  void promisesHoldInEverySeed() {
    Long only = Long.getLong("quorate.logSeed");
    long seeds = Long.getLong("quorate.logSeeds", SEEDS);
    LogTally tally = new LogTally();
    List<String> failures = new ArrayList<>();
    for (long seed = only == null ? 1 : only; seed <= (only == null ? seeds : only); seed++) {
      try {
        new LogSimulation(seed, tally).run();
      } catch (IOException | RuntimeException | AssertionError failure) {
        if (only != null) {
          failure.printStackTrace();
        }
        failures.add("seed " + seed + ": " + failure);
      }
    }
    System.out.println(tally);
    assertThat(failures).isEmpty();
    if (only == null) {
      for (String happening :
          List.of(
              "torn end cut",
              "refused",
              "rot survived",
              "snapshots done",
              "snapshots given up",
              "refused for want of room",
              "machine died at an operation",
              "killed",
              "closed")) {
        assertThat(tally.of(happening)).as(happening).isPositive();
      }
    }
  }

  @Test
  void plantedFaultsAreCaughtByTheSamePromises() {
    LogMutantCompiler compiler = new LogMutantCompiler();
    List<String> missed = new ArrayList<>();
    for (LogMutant mutant : LogMutant.all()) {
      LongFunction<@Nullable String> runner = compiler.load(mutant);
      String broken = null;
      long seed = 0;
      while (broken == null && seed < SEEDS) {
        seed++;
        broken = runner.apply(seed);
      }
      if (broken == null) {
        missed.add(mutant.name());
      }
      System.out.printf(
          Locale.ROOT, "  caught after %4d seeds by %-24s %s%n", seed, broken, mutant.name());
    }
    assertThat(missed).isEmpty();
  }
}
