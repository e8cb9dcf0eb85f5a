package io.quorate.loadgen;

import java.util.ArrayList;
import java.util.List;

/**
 * What one run of a load recorded.
 *
 * @param late by how much the generator itself sent later than intended; of an open loop
 */
record PassRecording(Recording writes, Recording reads, Recording late) {
  PassRecording() {
    this(new Recording(), new Recording(), new Recording());
  }

  /** Requests that were answered as they should be. */
  long count() {
    return writes.count() + reads.count();
  }

  /** Requests that wait for their answer. */
  long underWay() {
    return writes.underWay() + reads.underWay();
  }

  long failed() {
    return writes.failed() + reads.failed();
  }

  /** Which requests failed how often, for a reader; empty where none did. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    if (writes.failed() > 0) {
      failures.add("writes " + writes.failuresByKind());
    }
    if (reads.failed() > 0) {
      failures.add("reads " + reads.failuresByKind());
    }
    return failures;
  }
}
