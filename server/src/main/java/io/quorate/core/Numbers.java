package io.quorate.core;

/** Numbers that a node gives to what it asks of others, so that no answer is taken for another. */
final class Numbers {

  private long latest;

  /** Larger than all before. */
  long next() {
    latest++;
    return latest;
  }
}
