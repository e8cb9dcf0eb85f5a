package io.quorate.log;

/** A snapshot being written to the data directory. One thread, not the one that tells. */
public final class SnapshotRun {

  /** What became of a step. */
  public enum Step {
    /** There is more to do. */
    MORE,
    /** The log has first to be forced further: drain it, and go on. */
    WAITS_FOR_LOG,
    /** It is complete, and older ones are gone. */
    DONE,
    /** It was given up; the log goes on without, and another will be due. */
    GIVEN_UP
  }

  SnapshotRun() {}

  /** About 256 KiB of it, or the next of its last steps. */
  public Step step() {
    return Step.GIVEN_UP;
  }

  /** Gives it up. */
  public void abandon() {}
}
