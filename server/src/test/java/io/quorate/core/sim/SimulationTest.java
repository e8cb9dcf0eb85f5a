package io.quorate.core.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SimulationTest {
  @Test
  void promisesHoldInEverySeed() {
    Tally tally = new Tally();
    long only = Long.getLong("quorate.seed", -1);
    int failures = 0;
    long events = 0;
    long start = System.nanoTime();
    for (long seed = only < 0 ? 1 : only;
        seed <= (only < 0 ? Long.getLong("quorate.seeds", 1000) : only);
        seed++) {
      try {
        events += new Simulation(seed, tally, Boolean.getBoolean("quorate.trace")).run();
      } catch (PromiseBroken | RuntimeException e) {
        failures++;
        if (failures < 15) {
          System.out.println("seed " + seed + " " + e);
          if (e instanceof RuntimeException || only >= 0) {
            e.printStackTrace(System.out);
          }
        }
      }
    }
    System.out.println(
        tally.table() + events + " events " + (System.nanoTime() - start) / 1_000_000 + " ms");
    assertThat(failures).isEqualTo(0);
  }
}
