package io.quorate.http;

import io.quorate.core.Key;
import io.quorate.core.KeyPage;
import io.quorate.core.Store;
import io.quorate.http.Parameters.Consistency;
import org.jspecify.annotations.Nullable;

/**
 * What a GET or HEAD of a page of keys asks for.
 *
 * @param prefix empty where it is left out
 * @param after empty where it is left out
 */
record KeyListRequest(Key prefix, Key after, int limit, Consistency consistency) {

  static final int MOST_KEYS = 1000;
  private static final int KEYS_WHEN_LEFT_OUT = 100;

  static Parsed<KeyListRequest> of(Query query, Consistency whenLeftOut) {
    Parsed<Key> prefix = Parameters.bound(query, "prefix");
    if (!(prefix instanceof Parsed.Value<Key> begins)) {
      return ((Parsed.Fault<Key>) prefix).as();
    }
    Parsed<Key> after = Parameters.bound(query, "after");
    if (!(after instanceof Parsed.Value<Key> behind)) {
      return ((Parsed.Fault<Key>) after).as();
    }
    Parsed<Integer> limit = limit(query);
    if (!(limit instanceof Parsed.Value<Integer> most)) {
      return ((Parsed.Fault<Integer>) limit).as();
    }
    Parsed<Consistency> consistency = Parameters.consistency(query, whenLeftOut);
    if (!(consistency instanceof Parsed.Value<Consistency> wanted)) {
      return ((Parsed.Fault<Consistency>) consistency).as();
    }
    return Parsed.value(
        new KeyListRequest(begins.value(), behind.value(), most.value(), wanted.value()));
  }

  /** The page at one moment of the store; null where that did not come about. */
  @Nullable KeyPage pageAtOneMoment(Store store) {
    return KeyPage.atOneMoment(store, prefix, after, limit, shown());
  }

  /** The page of a store in which nothing changes meanwhile. */
  KeyPage page(Store store) {
    return KeyPage.of(store, prefix, after, limit, shown());
  }

  private KeyPage.Shown shown() {
    return consistency == Consistency.LOCAL ? KeyPage.Shown.NEWEST : KeyPage.Shown.CONFIRMED;
  }

  private static Parsed<Integer> limit(Query query) {
    Parsed<String> limit = query.parameter("limit");
    if (!(limit instanceof Parsed.Value<String> given)) {
      return ((Parsed.Fault<String>) limit).as();
    }
    String text = given.value();
    long number = text.isEmpty() ? KEYS_WHEN_LEFT_OUT : Parameters.number(text);
    return number >= 1 && number <= MOST_KEYS
        ? Parsed.value((int) number)
        : Parsed.badRequest(
            "limit="
                + PercentCode.shown(text)
                + ": limit takes a number of keys, 1 to "
                + MOST_KEYS);
  }
}
