package io.quorate.loadgen;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Latencies and failures of the requests of one operation in one pass. Written by the event loop
 * alone; read by one other thread, at any time. Its size does not depend on how much is recorded.
 */
final class Recording {
  /** Digits of a latency that are kept. */
  static final int SIGNIFICANT_DIGITS = 3;

  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(SIGNIFICANT_DIGITS);

  /** All that the reader has taken out of the recorder so far. Belongs to the reader. */
  private final Histogram total = new Histogram(SIGNIFICANT_DIGITS);

  /** Given back to the recorder at the next look. Belongs to the reader. */
  private Histogram interval = recorder.getIntervalHistogram();

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong succeeded = new AtomicLong();
  private final ConcurrentHashMap<String, LongAdder> failures = new ConcurrentHashMap<>();

  /** A request is on its way. */
  void sent() {
    sent.lazySet(sent.getPlain() + 1);
  }

  /** Requests that were sent and have not ended. */
  long underWay() {
    long ended = ended();
    return sent.get() - ended;
  }

  /** A request was answered as it should be, after so long. */
  void succeeded(long latencyNanos) {
    recorder.recordValue(Math.max(0, Math.min(latencyNanos, LONGEST_NANOS)));
    succeeded.lazySet(succeeded.getPlain() + 1);
  }

  /** It was not. It has no latency: a refusal in no time would look fast. */
  void failed(String kind) {
    failures.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  /** A request was due, and the run ended before it could be sent. */
  void dropped() {
    sent();
    failed("due and never sent");
  }

  long count() {
    return succeeded.get();
  }

  long failed() {
    return failures.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long ended() {
    return count() + failed();
  }

  /** How many requests failed in each way: by status, or without an answer. */
  NavigableMap<String, Long> failuresByKind() {
    NavigableMap<String, Long> counts = new TreeMap<>();
    failures.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  /** Latencies so far, nanoseconds. Stays the reader's, and grows with its next call. */
  Histogram histogram() {
    interval = recorder.getIntervalHistogram(interval);
    total.add(interval);
    return total;
  }
}
