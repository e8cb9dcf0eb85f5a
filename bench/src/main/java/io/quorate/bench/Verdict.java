package io.quorate.bench;

/** What a figure is worth beside its targets. */
enum Verdict {
  AIM_MET("aim met"),
  MET("met"),
  NOT_MET("not met"),

  /** Measured, and without a target. */
  REPORTED("reported"),

  /** Not measured, because something that it takes is missing or nobody asked for it. */
  SKIPPED("skipped"),

  /** Not measured, because the measurement broke. */
  FAILED("failed");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** As reports have it. */
  String word() {
    return word;
  }
}
