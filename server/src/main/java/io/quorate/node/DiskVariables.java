package io.quorate.node;

import io.quorate.log.Fsync;
import io.quorate.log.LogSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads where and how a node keeps its data on disk. */
final class DiskVariables {

  private static final int LEAST_BYTES = 4096;
  private static final int MOST_SEGMENT_BYTES = 1 << 30;
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
    long segmentBytes = environment.number(Variable.SEGMENT_BYTES, LEAST_BYTES, MOST_SEGMENT_BYTES);
    if (segmentBytes < 2 * environment.number(Variable.MAX_VALUE_BYTES, 0, MOST_SEGMENT_BYTES)) {
      throw new WrongVariableException(
          Variable.SEGMENT_BYTES, environment.text(Variable.SEGMENT_BYTES));
    }
    return new LogSettings(
        Fsync.parse(fsync).orElseThrow(() -> new WrongVariableException(Variable.FSYNC, fsync)),
        (int) segmentBytes,
        environment.number(Variable.SNAPSHOT_BYTES, LEAST_BYTES, MOST_SNAPSHOT_BYTES));
  }
}
