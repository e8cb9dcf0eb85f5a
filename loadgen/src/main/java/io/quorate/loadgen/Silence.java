package io.quorate.loadgen;

/**
 * How long requests have gone without one being answered as it should be: from the oldest that was
 * not. While none is under way and none has failed, nobody waits, and there is no silence.
 */
final class Silence {
  private final PassRecording recording;
  private long sinceNanos;
  private long answered;
  private long failed;

  Silence(PassRecording recording, long nowNanos) {
    this.recording = recording;
    sinceNanos = nowNanos;
  }

  /** Looks at the recording, and returns the nanoseconds so far. To be called again and again. */
  long lasted(long nowNanos) {
    boolean waiting = recording.underWay() > 0;
    long answeredNow = recording.count();
    long failedNow = recording.failed();
    if (answeredNow > answered || (!waiting && failedNow == failed)) {
      answered = answeredNow;
      failed = failedNow;
      sinceNanos = nowNanos;
    }
    return nowNanos - sinceNanos;
  }
}
