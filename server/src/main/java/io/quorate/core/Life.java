package io.quorate.core;

/**
 * Which data a follower holds and which start of its process holds them. A leader counts nothing
 * across two lives.
 *
 * @param incarnation random, made when the data was
 * @param boot random, one per start of the process
 */
public record Life(long incarnation, long boot) {

  /** Nobody's. */
  public static final Life NONE = new Life(0, 0);

  @Override
  public String toString() {
    return Long.toHexString(incarnation) + "/" + Long.toHexString(boot);
  }
}
