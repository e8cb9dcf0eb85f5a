package io.quorate.loadgen;

/**
 * Why a command does not go on, in one line for whoever called it, with the exit status it ends
 * with.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** Exit status of a command that ran and did not succeed. */
  static final int FAILED = 1;

  /** Exit status of a command that was asked for something it cannot take. */
  static final int BAD_INPUT = 2;

  private final int exitStatus;

  private Refusal(int exitStatus, String line) {
    super(line);
    this.exitStatus = exitStatus;
  }

  /** A flag with a value that it does not take. */
  static Refusal flag(String flag, String got, String takes) {
    return badInput(flag + ": got '" + got + "', takes " + takes);
  }

  static Refusal badInput(String line) {
    return new Refusal(BAD_INPUT, line);
  }

  static Refusal failed(String line) {
    return new Refusal(FAILED, line);
  }

  int exitStatus() {
    return exitStatus;
  }

  /** The one line. */
  String line() {
    return String.valueOf(getMessage());
  }
}
