package io.quorate.loadgen;

/** Starts it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
