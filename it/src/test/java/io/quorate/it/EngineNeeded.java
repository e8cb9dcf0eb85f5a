package io.quorate.it;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/**
 * Skips tests on containers where no engine is, and says so in one line; with {@code
 * -Dit.docker=required} the first class of them fails with that line.
 */
final class EngineNeeded implements ExecutionCondition, BeforeAllCallback {

  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /** What becomes of a test. */
  enum Verdict {
    RUN,
    SKIP,
    FAIL
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    boolean required = isRequired();
    Optional<String> absence = absence();
    boolean beginsOnlyInItsMethods =
        context.getTestMethod().isEmpty()
            && context.getTestInstanceLifecycle().orElse(Lifecycle.PER_METHOD)
                == Lifecycle.PER_METHOD;
    if (beginsOnlyInItsMethods || absence.isEmpty()) {
      return ConditionEvaluationResult.enabled("nothing that it needs is missing");
    }
    return switch (verdict(absence, required)) {
      case RUN, FAIL -> ConditionEvaluationResult.enabled("an engine is required");
      case SKIP -> {
        String line = "tests on containers are skipped: " + absence.get();
        if (TOLD.compareAndSet(false, true)) {
          System.out.println(line);
        }
        yield ConditionEvaluationResult.disabled(line);
      }
    };
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Optional<String> absence = absence();
    if (verdict(absence, isRequired()) == Verdict.FAIL) {
      String line = "-Dit.docker=required, but " + absence.orElseThrow();
      if (TOLD.compareAndSet(false, true)) {
        AssertionError failure = new AssertionError(line);
        failure.setStackTrace(new StackTraceElement[0]);
        throw failure;
      }
      throw new TestAbortedException(line);
    }
  }

  private static Optional<String> absence() {
    return Kind.ofThisRun() == Kind.CONTAINERS ? Engine.absence() : Optional.empty();
  }

  static boolean isRequired() {
    return isRequired(System.getProperty("it.docker", ""));
  }

  /**
   * @throws IllegalArgumentException naming what it takes
   */
  static boolean isRequired(String text) {
    return switch (text) {
      case "required" -> true;
      case "", "optional" -> false;
      default ->
          throw new IllegalArgumentException(
              "it.docker: got '" + text + "', takes required or optional");
    };
  }

  static Verdict verdict(Optional<String> absence, boolean required) {
    if (absence.isEmpty()) {
      return Verdict.RUN;
    }
    return required ? Verdict.FAIL : Verdict.SKIP;
  }
}
