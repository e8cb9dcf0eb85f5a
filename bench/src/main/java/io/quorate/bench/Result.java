package io.quorate.bench;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row.
 *
 * @param figure null exactly where it was not measured
 * @param measured what stands behind the figure, or why there is none, for a reader
 */
record Result(Row row, @Nullable Samples figure, Verdict verdict, String measured) {

  static Result measured(Row row, Samples figure, String measured) {
    Target target = row.target();
    Verdict verdict = target == null ? Verdict.REPORTED : target.verdict(figure.median());
    return new Result(row, figure, verdict, measured);
  }

  static Result skipped(Row row, String why) {
    return new Result(row, null, Verdict.SKIPPED, why);
  }

  static Result failed(Row row, String why) {
    return new Result(row, null, Verdict.FAILED, why);
  }
}
