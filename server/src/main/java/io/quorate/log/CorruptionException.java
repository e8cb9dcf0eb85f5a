package io.quorate.log;

/**
 * A file does not hold what was written to it, and cutting its end does not mend that. The message
 * is one line and names the file and the byte.
 */
public final class CorruptionException extends Exception {

  private static final long serialVersionUID = 1;

  private final String file;
  private final long place;

  /**
   * @param file name of the file in its directory
   * @param place the byte of the file, counted from 0, from which on it is not what was written
   * @param what what is wrong there
   */
  public CorruptionException(String file, long place, String what) {
    super(file + ", byte " + place + ": " + what);
    this.file = file;
    this.place = place;
  }

  public String file() {
    return file;
  }

  public long place() {
    return place;
  }
}
