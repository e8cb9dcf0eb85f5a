package io.quorate.log;

/**
 * How a log is kept.
 *
 * @param fsync when it is forced
 * @param segmentBytes size of its files, at least {@link #LEAST_SEGMENT_BYTES}; a mutation that is
 *     to be accepted has to fit in seven eighths of one
 * @param snapshotBytes so many bytes of log, and as many as the last snapshot has, make a new
 *     snapshot due
 */
public record LogSettings(Fsync fsync, int segmentBytes, long snapshotBytes) {

  public static final int LEAST_SEGMENT_BYTES = 1024;

  /** Forced always, segments of 64 MiB, a snapshot after 256 MiB. */
  public static final LogSettings DEFAULT = new LogSettings(Fsync.ALWAYS, 64 << 20, 256L << 20);

  public LogSettings {
    if (segmentBytes < LEAST_SEGMENT_BYTES) {
      throw new IllegalArgumentException("segments of " + segmentBytes + " bytes are too small");
    }
  }
}
