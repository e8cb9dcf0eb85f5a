package io.quorate.it;

/** Prints how long something took, for whoever reads what a fault did. */
final class Timed {

  private Timed() {}

  static void run(String what, Runnable action) {
    long begun = System.nanoTime();
    action.run();
    System.out.println(what + ": " + (System.nanoTime() - begun) / 1_000_000 + " ms");
  }
}
