package io.quorate.http;

import io.quorate.core.Leader;
import io.quorate.metrics.DurationCounts;
import io.quorate.metrics.Durations;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an HTTP server counts, whatever its node's role. Any thread may count and read but where it
 * says otherwise.
 */
final class HttpCounts {

  /** Whole from the start, so that nobody who counts changes the maps. */
  private final Map<Asked, Map<Ending, LongAdder>> answered = new EnumMap<>(Asked.class);

  /** By quorum; null where no write has asked for it. Set by the leader's loop. */
  private final AtomicReferenceArray<Durations> writes =
      new AtomicReferenceArray<>(Leader.MAX_FOLLOWERS + 1);

  /** Open now, those that are being refused included. */
  final AtomicInteger connections = new AtomicInteger();

  /** Beyond the limit. */
  final LongAdder refusedConnections = new LongAdder();

  HttpCounts() {
    for (Asked asked : Asked.values()) {
      Map<Ending, LongAdder> endings = new EnumMap<>(Ending.class);
      for (Ending ending : Ending.values()) {
        endings.put(ending, new LongAdder());
      }
      answered.put(asked, endings);
    }
  }

  /** A request was answered. */
  void answered(Asked asked, Ending ending) {
    counter(asked, ending).increment();
  }

  long answers(Asked asked, Ending ending) {
    return counter(asked, ending).sum();
  }

  private LongAdder counter(Asked asked, Ending ending) {
    return Objects.requireNonNull(Objects.requireNonNull(answered.get(asked)).get(ending));
  }

  /** A write that got a version was answered, so long after it was taken up. The leader's loop. */
  void written(int required, long nanos) {
    Durations durations = writes.getPlain(required);
    if (durations == null) {
      durations = new Durations();
      writes.set(required, durations);
    }
    durations.add(nanos);
  }

  /** How long writes took, by the quorum that they asked for. */
  Map<Integer, DurationCounts> writes() {
    Map<Integer, DurationCounts> byQuorum = new TreeMap<>();
    for (int required = 0; required < writes.length(); required++) {
      Durations durations = writes.get(required);
      if (durations != null) {
        byQuorum.put(required, durations.counts());
      }
    }
    return byQuorum;
  }
}
