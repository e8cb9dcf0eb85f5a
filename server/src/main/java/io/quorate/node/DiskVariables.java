package io.quorate.node;

import io.quorate.log.Fsync;
import io.quorate.log.LogSettings;
import io.quorate.replication.LiveNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads where and how a node keeps its data on disk. */
final class DiskVariables {

  static final int MOST_VALUE_BYTES = 16 << 20;

  private static final int MOST_SEGMENT_BYTES = 1 << 30;
  private static final int LEAST_SNAPSHOT_BYTES = 4096;
  private static final long MOST_SNAPSHOT_BYTES = 1L << 40;

  private DiskVariables() {}

  /** Empty: none is given. */
  static Optional<Path> dataDirectory(Environment environment) throws WrongVariableException {
    Optional<String> given = environment.given(Variable.DATA_DIR);
    try {
      return given.map(Path::of);
    } catch (InvalidPathException noPath) {
      throw new WrongVariableException(Variable.DATA_DIR, given.orElse(""));
    }
  }

  static LogSettings log(Environment environment) throws WrongVariableException {
    String fsync = environment.text(Variable.FSYNC);
    return new LogSettings(
        Fsync.parse(fsync).orElseThrow(() -> new WrongVariableException(Variable.FSYNC, fsync)),
        segmentBytes(environment),
        environment.number(Variable.SNAPSHOT_BYTES, LEAST_SNAPSHOT_BYTES, MOST_SNAPSHOT_BYTES));
  }

  /**
   * A follower takes a batch only where it surely fits in what is left of one segment. Its largest
   * is a full one and one value more; in half of a segment it fits beside what the log keeps for
   * itself, so that a follower is never locked out for good.
   */
  private static int segmentBytes(Environment environment) throws WrongVariableException {
    long valueBytes = environment.number(Variable.MAX_VALUE_BYTES, 0, MOST_VALUE_BYTES);
    long least = 2 * (LiveNode.BATCH_BYTES + valueBytes);
    return (int) environment.number(Variable.SEGMENT_BYTES, least, MOST_SEGMENT_BYTES);
  }
}
