package io.quorate.log;

/** A data directory or a file cannot be used, though nothing in it is broken. One line says why. */
public final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  public RefusedException(String why) {
    super(why);
  }

  public RefusedException(String why, Throwable cause) {
    super(why, cause);
  }
}
