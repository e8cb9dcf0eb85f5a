package io.quorate.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches that have been told all there is. However many wait, only those are looked at whose
 * prefix is that of a new write. Owned by {@link Feed}.
 */
public final class FeedWaits {

  /** One watch. */
  public static final class Waiting {
    private final FeedWaits waits;
    private final Token after;
    private final Key prefix;
    private final Consumer<Token> told;

    private Waiting(FeedWaits waits, Token after, Key prefix, Consumer<Token> told) {
      this.waits = waits;
      this.after = after;
      this.prefix = prefix;
      this.told = told;
    }

    Token after() {
      return after;
    }

    /** It waits no more, and is told nothing; no effect once it was told. */
    public void cancel() {
      waits.remove(this);
    }
  }

  /** By the length of their prefix, then by that. */
  private final TreeMap<Integer, Map<Key, Set<Waiting>>> byLength = new TreeMap<>();

  FeedWaits() {}

  boolean isEmpty() {
    return byLength.isEmpty();
  }

  Waiting add(Token after, Key prefix, Consumer<Token> told) {
    Waiting waiting = new Waiting(this, after, prefix, told);
    byLength
        .computeIfAbsent(prefix.bytes().length, length -> new HashMap<>())
        .computeIfAbsent(prefix, key -> new LinkedHashSet<>())
        .add(waiting);
    return waiting;
  }

  private void remove(Waiting waiting) {
    int length = waiting.prefix.bytes().length;
    Map<Key, Set<Waiting>> ofLength = byLength.get(length);
    Set<Waiting> same = ofLength == null ? null : ofLength.get(waiting.prefix);
    if (ofLength != null && same != null && same.remove(waiting) && same.isEmpty()) {
      ofLength.remove(waiting.prefix);
      if (ofLength.isEmpty()) {
        byLength.remove(length);
      }
    }
  }

  /**
   * A write of this key is new.
   *
   * @param token the write's
   * @param behind nothing that was not told before stands at or before it
   */
  void tell(Key key, Token token, Token behind) {
    byte[] bytes = key.bytes();
    for (int length : List.copyOf(byLength.headMap(bytes.length, true).keySet())) {
      Map<Key, Set<Waiting>> ofLength = byLength.get(length);
      Key prefix = length == bytes.length ? key : new Key(Arrays.copyOf(bytes, length));
      tell(ofLength == null ? null : ofLength.get(prefix), token, behind);
    }
  }

  private static void tell(@Nullable Set<Waiting> those, Token token, Token behind) {
    for (Waiting each : those == null ? List.<Waiting>of() : List.copyOf(those)) {
      if (token.compareTo(each.after) > 0) {
        tell(each, behind);
      }
    }
  }

  private static void tell(Waiting each, Token behind) {
    each.cancel();
    each.told.accept(Feed.later(each.after, behind));
  }

  /** Nothing that was not told before stands at or before this. */
  void tellAll(Token behind) {
    List<Waiting> all = new ArrayList<>();
    byLength.values().forEach(ofLength -> ofLength.values().forEach(all::addAll));
    all.forEach(each -> tell(each, behind));
  }
}
