package io.quorate.core.sim;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Runs one seed and says what was broken, in terms that cross class loaders: null when nothing was.
 */
public final class SeedRun implements LongFunction<@Nullable String> {

  /** For reflection: each mutant has a class of its own. */
  public SeedRun() {}

  @Override
  public @Nullable String apply(long seed) {
    try {
      new Simulation(seed, new Tally(), false).run();
      return null;
    } catch (PromiseBroken broken) {
      return broken.promise().name();
    } catch (RuntimeException | AssertionError bug) {
      return bug.toString();
    }
  }
}
