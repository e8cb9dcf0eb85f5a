package io.quorate.log;

import java.io.IOException;
import java.util.Random;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Runs one seed and says what was broken, in terms that cross class loaders: null for nothing. */
public final class LogSeedRun implements LongFunction<@Nullable String> {

  /** For reflection: each mutant has a class of its own. */
  public LogSeedRun() {}

  @Override
  public @Nullable String apply(long seed) {
    try {
      new LogSimulation(seed, new LogTally()).run();
      Random random = new Random(seed);
      new SnapshotCrash(seed)
          .run(
              random.nextBoolean(),
              random.nextInt(SnapshotCrash.OPERATIONS),
              random.nextInt(SnapshotCrash.OPERATIONS));
      return null;
    } catch (LogPromiseBroken broken) {
      return broken.promise().name();
    } catch (IOException | RuntimeException | AssertionError bug) {
      return bug.toString();
    }
  }
}
