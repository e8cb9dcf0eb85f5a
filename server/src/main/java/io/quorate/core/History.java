package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The newest writes that this node's state was made of, in version order and without a gap, bounded
 * in bytes together with what was applied early; the newest write is always held whole. A leader
 * adds what it gives; another node what it applies, as its prefix reaches it. It outlives changes
 * of leadership: numbers that nobody holds any more when an epoch begins are left out. What was not
 * seen write by write, such as a snapshot of the newest of each key, it begins after. Owned by
 * {@link NodeState}.
 *
 * <pre>
 *  dropped |  epoch 1    | left out | epoch 2         |  ahead: applied, and
 *          |  8  9 10 11 | 12 13    | 14 15 16 17 18  |  20 21     older are not
 *          first                            last = 18, the applied version
 * </pre>
 *
 * While a snapshot shows every write since the applied version, those are in it already.
 */
final class History {

  /** A longer run of numbers that nobody holds is not noted one by one. */
  private static final int MOST_SKIPPED = 1 << 17;

  /** Versions above {@code base} are of this epoch, until the next span begins. */
  private record Span(long epoch, long base) {}

  private final Backlog backlog;
  private final long limitBytes;

  /** Oldest first. The first begins at or before the oldest version held, the others above it. */
  private final List<Span> spans = new ArrayList<>(List.of(new Span(0, 0)));

  private final TreeMap<Long, Mutation> ahead = new TreeMap<>();
  private long aheadBytes;

  /** Not every write through it was or will be seen: the history begins there, or later. */
  private long lostThrough;

  /** How often it was begun anew. */
  private long restarts;

  History(long limitBytes) {
    this.limitBytes = limitBytes;
    this.backlog = new Backlog(limitBytes, 0);
  }

  Backlog backlog() {
    return backlog;
  }

  long limitBytes() {
    return limitBytes;
  }

  /**
   * Bytes of all that is held, also ahead: at most the limit, or what is kept however large it is:
   * the newest write of the backlog, and the newest ahead where something is.
   */
  long sizeBytes() {
    return backlog.sizeBytes() + aheadBytes;
  }

  long restarts() {
    return restarts;
  }

  /** The next write that was given, or shown by a snapshot that shows every one. */
  void append(Mutation mutation, int required) {
    if (mutation.version() <= backlog.last()) {
      return;
    }
    skip(newest().epoch(), mutation.version() - 1);
    if (mutation.epoch() > newest().epoch()) {
      spans.add(new Span(mutation.epoch(), mutation.version() - 1));
    }
    backlog.append(mutation, required);
    if (aheadBytes > 0) {
      backlog.dropBeyond(limitBytes - aheadBytes);
    }
    while (spans.size() > 1 && spans.get(1).base() < backlog.first() - 1) {
      spans.remove(0);
    }
  }

  private Span newest() {
    return spans.get(spans.size() - 1);
  }

  /**
   * A write that was applied, in whatever order.
   *
   * @param epoch that the node has entered
   * @param through all through it is applied now
   */
  void applied(List<Mutation> write, long epoch, long through) {
    boolean next = write.get(0).version() == backlog.last() + 1;
    if (next && ahead.isEmpty() && lostThrough <= backlog.last()) {
      write.forEach(mutation -> append(mutation, 0));
      return;
    }
    for (Mutation mutation : write) {
      ahead.put(mutation.version(), mutation);
      aheadBytes += mutation.sizeBytes();
    }
    backlog.dropBeyond(limitBytes - aheadBytes);
    while (sizeBytes() > limitBytes && endOfOldestAhead() < ahead.lastKey()) {
      loseOldestAhead();
    }
    advance(epoch, through);
  }

  /** The version of the last mutation of the oldest write that is ahead. */
  private long endOfOldestAhead() {
    Mutation oldest = ahead.firstEntry().getValue();
    return oldest.version() + oldest.attributes().rest();
  }

  private void loseOldestAhead() {
    long end = endOfOldestAhead();
    while (!ahead.isEmpty() && ahead.firstKey() <= end) {
      dropAhead();
    }
    lose(end);
  }

  private Mutation dropAhead() {
    Mutation oldest = ahead.pollFirstEntry().getValue();
    aheadBytes -= oldest.sizeBytes();
    return oldest;
  }

  /** Not every write through this version will be seen. */
  void lose(long through) {
    lostThrough = Math.max(lostThrough, through);
  }

  /** All through this version is applied, in this epoch. */
  void advance(long epoch, long through) {
    if (lostThrough > backlog.last()) {
      restart(newest().epoch(), Math.min(lostThrough, through));
    }
    while (!ahead.isEmpty() && ahead.firstKey() <= through) {
      append(dropAhead(), 0);
    }
    skip(epoch, through);
    if (epoch > newest().epoch()) {
      spans.add(new Span(epoch, through));
    }
  }

  private void skip(long epoch, long version) {
    if (version - backlog.last() > MOST_SKIPPED) {
      restart(epoch, version);
    } else {
      backlog.skipTo(version);
    }
  }

  /** What was shown beyond this version, by a snapshot that came to nothing, never was. */
  void cutAfter(long version) {
    if (version < backlog.first() - 1) {
      restart(tokenAt(version).epoch(), version);
    } else if (version < backlog.last()) {
      backlog.cutAfter(version);
      while (spans.size() > 1 && newest().base() >= version) {
        spans.remove(spans.size() - 1);
      }
    }
  }

  /** What is ahead is not of the state any more. */
  void dropAllAhead() {
    ahead.clear();
    aheadBytes = 0;
  }

  /** Begins anew after this version. */
  void restart(long epoch, long version) {
    restarts++;
    backlog.restart(version);
    spans.clear();
    spans.add(new Span(epoch, version));
    while (!ahead.isEmpty() && ahead.firstKey() <= version) {
      dropAhead();
    }
  }

  /** Whether it holds every write above this version. */
  boolean holdsAllAfter(long version) {
    return version >= backlog.first() - 1 && version <= backlog.last();
  }

  /** Whether it holds every write newer than this, whatever is still to come. */
  boolean reachesBackTo(Token after) {
    return beginning().compareTo(after) <= 0;
  }

  /** It holds every write newer than this. */
  Token beginning() {
    return tokenAt(backlog.first() - 1);
  }

  /** Of the write of this version, or of the place where it would be. */
  Token tokenAt(long version) {
    int span = spans.size() - 1;
    while (span > 0 && spans.get(span).base() >= version) {
      span--;
    }
    return new Token(spans.get(span).epoch(), version);
  }

  /** The version before the first that is newer than this; beyond all of a later epoch. */
  long placeOf(Token after) {
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      if (span.epoch() > after.epoch()) {
        return span.base();
      }
      if (span.epoch() == after.epoch()) {
        long end = i + 1 < spans.size() ? spans.get(i + 1).base() : Long.MAX_VALUE - 1;
        return Math.min(Math.max(after.version(), span.base()), end);
      }
    }
    return Long.MAX_VALUE - 1;
  }
}
