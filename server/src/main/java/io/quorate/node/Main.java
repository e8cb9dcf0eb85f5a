package io.quorate.node;

/** Starts it. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {}
}
