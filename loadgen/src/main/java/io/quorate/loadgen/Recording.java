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
 * Latencies and failures of the writes of one pass. Written by the event loop alone; read by one
 * other thread, at any time.
 */
final class Recording {
  private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  private final SingleWriterRecorder recorder =
      new SingleWriterRecorder(LONGEST_NANOS, SIGNIFICANT_DIGITS);

  /** All that the reader has taken out of the recorder so far. Belongs to the reader. */
  private final Histogram total = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);

  private final AtomicLong confirmed = new AtomicLong();
  private final ConcurrentHashMap<String, LongAdder> failures = new ConcurrentHashMap<>();

  /** A write was answered 200 after so long. */
  void confirmed(long latencyNanos) {
    recorder.recordValue(Math.min(latencyNanos, LONGEST_NANOS));
    confirmed.incrementAndGet();
  }

  /** A write was not answered 200. It has no latency: a refusal in no time would look fast. */
  void failed(String kind) {
    failures.computeIfAbsent(kind, first -> new LongAdder()).increment();
  }

  long confirmedWrites() {
    return confirmed.get();
  }

  long failedWrites() {
    return failures.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How many writes failed in each way: by status, or without an answer. */
  NavigableMap<String, Long> failuresByKind() {
    NavigableMap<String, Long> counts = new TreeMap<>();
    failures.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  /** Latencies so far, nanoseconds. Stays the reader's, and grows with its next call. */
  Histogram histogram() {
    total.add(recorder.getIntervalHistogram());
    return total;
  }
}
