package io.quorate.bench;

/**
 * What a figure is to reach.
 *
 * @param least what it has to reach
 * @param aim what it should reach
 */
record Target(Better better, double least, double aim) {
  /** Which way is up. */
  enum Better {
    HIGHER,
    LOWER
  }

  static Target atLeast(double least, double aim) {
    return new Target(Better.HIGHER, least, aim);
  }

  static Target atMost(double least, double aim) {
    return new Target(Better.LOWER, least, aim);
  }

  /** A figure that is no finite number reaches nothing. */
  Verdict verdict(double figure) {
    if (!Double.isFinite(figure)) {
      return Verdict.NOT_MET;
    }
    if (reaches(figure, aim)) {
      return Verdict.AIM_MET;
    }
    return reaches(figure, least) ? Verdict.MET : Verdict.NOT_MET;
  }

  private boolean reaches(double figure, double bound) {
    return switch (better) {
      case HIGHER -> figure >= bound;
      case LOWER -> figure <= bound;
    };
  }
}
