package io.quorate.loadgen;

/**
 * Why a command does not go on, in one line for whoever called it, with the exit status it ends
 * with.
 */
public final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  /** Exit status of a command that ran and did not succeed. */
  public static final int FAILED = 1;

  /** Exit status of a command that was asked for something it cannot take. */
  public static final int BAD_INPUT = 2;

  private final int exitStatus;

  private Refusal(int exitStatus, String line) {
    super(line);
    this.exitStatus = exitStatus;
  }

  /** A flag with a value that it does not take. */
  public static Refusal flag(String flag, String got, String takes) {
    return badInput(flag + ": got '" + got + "', takes " + takes);
  }

  /** Something else that was asked for and cannot be taken. */
  public static Refusal badInput(String line) {
    return new Refusal(BAD_INPUT, line);
  }

  /** What was begun and did not succeed. */
  public static Refusal failed(String line) {
    return new Refusal(FAILED, line);
  }

  /** {@link #FAILED} or {@link #BAD_INPUT}. */
  public int exitStatus() {
    return exitStatus;
  }

  /** The one line. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
