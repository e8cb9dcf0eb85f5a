package io.quorate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The confirmed writes of a node, whichever role it has, in the order of their tokens, for watches
 * that ask for them piece by piece. It keeps nothing for them but who waits. Owned by {@link Node}.
 *
 * <pre>
 *  history   | confirmed, as far as this node knows | applied, not known to be |
 *            first           ^ place of a watch     shown
 * </pre>
 */
public final class Feed {

  /** Versions looked at in one call. */
  private static final int MOST_LOOKED_AT = 4_096;

  /** A watch that stands less than this part of the history's limit from its beginning is late. */
  private static final int LATE_PART = 4;

  private final History history;
  private final FeedWaits waits = new FeedWaits();

  /** All through it is confirmed and applied. Never goes back while the history is the same. */
  private long shown;

  private Token shownToken;

  /** For which beginning of the history that is. */
  private long restarts;

  Feed(History history) {
    this.history = history;
    this.restarts = history.restarts();
    this.shown = history.backlog().first() - 1;
    this.shownToken = history.tokenAt(shown);
  }

  /** All through this version is applied here, and known to be confirmed. */
  void show(long version) {
    follow();
    if (version > shown) {
      long before = shown;
      Token beforeToken = shownToken;
      shown = version;
      shownToken = history.tokenAt(version);
      if (!waits.isEmpty()) {
        wake(before, beforeToken);
      }
    }
  }

  /** Where the history has begun anew, whoever waits may have missed something. */
  private void follow() {
    if (restarts != history.restarts()) {
      restarts = history.restarts();
      waits.tellAll(shownToken);
      shown = history.backlog().first() - 1;
      shownToken = history.tokenAt(shown);
    }
  }

  private void wake(long before, Token beforeToken) {
    if (shown - before > MOST_LOOKED_AT || !history.holdsAllAfter(before)) {
      waits.tellAll(beforeToken);
      return;
    }
    Token behind = beforeToken;
    for (long version = before + 1; version <= shown && !waits.isEmpty(); version++) {
      Token token = history.tokenAt(version);
      Key key = history.backlog().key(version);
      if (key != null) {
        waits.tell(key, token, behind);
      }
      behind = token;
    }
  }

  /** All that is shown by now is at or before it, and nothing newer is missing. */
  public Token now() {
    follow();
    return later(shownToken, history.beginning());
  }

  /** How often the history has begun anew: what was known of a watch's margin is void then. */
  public long restarts() {
    return history.restarts();
  }

  /** Whether this node holds every write newer than this, or will. */
  public boolean reachesBackTo(Token after) {
    return history.reachesBackTo(after);
  }

  /** The oldest write that is held, or the next one where none is. */
  public Token oldest() {
    Backlog writes = history.backlog();
    for (long version = writes.first(); version <= writes.last(); version++) {
      if (writes.key(version) != null) {
        return history.tokenAt(version);
      }
    }
    return new Token(history.tokenAt(writes.last()).epoch(), writes.last() + 1);
  }

  /**
   * What comes after this, of keys that begin so: a bounded part of it, found in a bounded time.
   *
   * @param mostBytes of all events but the last, as they are counted
   */
  public FeedPart next(Token after, Key prefix, int mostBytes) {
    follow();
    if (!history.reachesBackTo(after)) {
      return new FeedPart(FeedPart.Kind.LOST, List.of(), after);
    }
    long version = history.placeOf(after);
    if (version >= shown) {
      return new FeedPart(FeedPart.Kind.LEVEL, List.of(), later(after, shownToken));
    }
    long end = Math.min(shown, version + MOST_LOOKED_AT);
    List<Token> events = new ArrayList<>();
    long bytes = 0;
    while (version < end && bytes < mostBytes) {
      version++;
      if (history.backlog().begins(version, prefix)) {
        events.add(history.tokenAt(version));
        bytes += history.backlog().bytesBetween(version - 1, version);
      }
    }
    boolean level = events.isEmpty() && version == shown;
    return new FeedPart(
        level ? FeedPart.Kind.LEVEL : FeedPart.Kind.MORE,
        events,
        later(after, history.tokenAt(version)));
  }

  /** The write of this token; null where it is not held any more. */
  public @Nullable Mutation read(Token token) {
    return history.tokenAt(token.version()).equals(token)
        ? history.backlog().get(token.version())
        : null;
  }

  static Token later(Token one, Token other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /**
   * Waits until there may be something after this, of a key that begins so; to be called by one
   * that {@link #next} has just told that there is nothing.
   *
   * @param told once, of all after which nothing was shown that it wants; must not call back from
   *     within
   */
  public FeedWaits.Waiting await(Token after, Key prefix, Consumer<Token> told) {
    return waits.add(after, prefix, told);
  }

  /** All that one which waits wants through this was told. */
  public Token reached(FeedWaits.Waiting waiting) {
    return later(waiting.after(), shownToken);
  }

  /** Bytes of the history before what comes after this: so much may be dropped until it is lost. */
  public long margin(Token after) {
    Backlog writes = history.backlog();
    return writes.bytesBetween(writes.first() - 1, history.placeOf(after));
  }

  /**
   * Whether one that is behind will soon have missed something, for it comes on more slowly than
   * the history does.
   *
   * @param best the largest margin that it had
   */
  public boolean isLate(Token after, long best) {
    long margin = margin(after);
    return history.placeOf(after) < shown
        && margin < history.limitBytes() / LATE_PART
        && margin < best / 2;
  }
}
