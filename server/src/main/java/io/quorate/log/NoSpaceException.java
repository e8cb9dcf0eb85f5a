package io.quorate.log;

import java.io.IOException;

/** The file system has no room for what was to be written. */
public final class NoSpaceException extends IOException {

  private static final long serialVersionUID = 1;

  public NoSpaceException(String what, Throwable cause) {
    super(what, cause);
  }

  public NoSpaceException(String what) {
    super(what);
  }
}
