package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeedTest {

  private static final Key ALL = Key.of("");

  private final History history = new History(20_000);
  private final Feed feed = new Feed(history);
  private long given;

  private void give(String... keys) {
    for (String key : keys) {
      given++;
      history.append(Writes.mutation(key, "value", 1, given), 1);
    }
  }

  private static Token token(long version) {
    return new Token(1, version);
  }

  private static List<Token> tokens(FeedPart part) {
    return part.events();
  }

  @Test
  void tellsNothingThatIsNotShown() {
    give("a", "b", "c");
    assertThat(feed.next(Token.NONE, ALL, 1000).kind()).isEqualTo(FeedPart.Kind.LEVEL);
    feed.show(2);
    FeedPart part = feed.next(Token.NONE, ALL, 1000);
    assertThat(tokens(part)).containsExactly(token(1), token(2));
    assertThat(part.reached()).isEqualTo(token(2));
    assertThat(feed.next(part.reached(), ALL, 1000).kind()).isEqualTo(FeedPart.Kind.LEVEL);
  }

  @Test
  void onePartIsBoundedInBytesAndInWhatIsLookedAt() {
    give("a", "b", "c");
    feed.show(3);
    assertThat(tokens(feed.next(Token.NONE, ALL, 1))).containsExactly(token(1));
    History wide = new History(10_000_000);
    Feed large = new Feed(wide);
    for (long version = 1; version <= 10_000; version++) {
      wide.append(Writes.mutation("a", "v", 1, version), 1);
    }
    large.show(10_000);
    FeedPart part = large.next(Token.NONE, Key.of("b"), 1000);
    assertThat(part.kind()).isEqualTo(FeedPart.Kind.MORE);
    assertThat(part.events()).isEmpty();
    assertThat(part.reached()).isEqualTo(token(4096));
  }

  @Test
  void whoWaitsIsToldOnceOfAKeyThatBeginsSoAndGoesOnBeforeIt() {
    give("a");
    feed.show(1);
    List<Token> told = new ArrayList<>();
    feed.await(token(1), Key.of("b/"), told::add);
    give("a", "b", "b/c", "b/d");
    feed.show(3);
    assertThat(told).isEmpty();
    feed.show(5);
    assertThat(told).containsExactly(token(3));
    assertThat(tokens(feed.next(told.get(0), Key.of("b/"), 1000)))
        .containsExactly(token(4), token(5));
    give("b/e");
    feed.show(6);
    assertThat(told).hasSize(1);
  }

  @Test
  void whoWaitsForWhatIsStillToComeIsToldOnlyThen() {
    List<Token> told = new ArrayList<>();
    feed.await(token(2), ALL, told::add);
    give("a", "b");
    feed.show(2);
    assertThat(told).isEmpty();
    give("c");
    feed.show(3);
    assertThat(told).containsExactly(token(2));
  }

  @Test
  void whoIsCancelledIsNotTold() {
    List<Token> told = new ArrayList<>();
    feed.await(Token.NONE, ALL, told::add).cancel();
    give("a");
    feed.show(1);
    assertThat(told).isEmpty();
  }

  @Test
  void whoWaitsForARarePrefixStaysWhereTheFeedIs() {
    FeedWaits.Waiting rare = feed.await(Token.NONE, Key.of("rare"), reached -> {});
    for (int i = 0; i < 1000; i++) {
      give("a");
      feed.show(given);
    }
    assertThat(feed.reachesBackTo(Token.NONE)).isFalse();
    assertThat(feed.reached(rare)).isEqualTo(token(1000));
    List<Token> told = new ArrayList<>();
    feed.await(feed.reached(rare), Key.of("rare"), told::add);
    give("rare");
    feed.show(given);
    assertThat(tokens(feed.next(told.get(0), Key.of("rare"), 1000))).containsExactly(token(1001));
  }

  @Test
  void whoWaitsWhileMoreIsHeldBackThanTheHistoryHoldsHasMissedIt() {
    List<Token> told = new ArrayList<>();
    feed.await(Token.NONE, ALL, told::add);
    for (int i = 0; i < 1000; i++) {
      give("a");
    }
    feed.show(given);
    assertThat(told).containsExactly(Token.NONE);
    assertThat(feed.next(told.get(0), ALL, 1000).kind()).isEqualTo(FeedPart.Kind.LOST);
  }

  @Test
  void aHistoryThatBeginsAnewTellsWhoeverWaitsWhereTheyWere() {
    give("a");
    feed.show(1);
    List<Token> told = new ArrayList<>();
    feed.await(Token.NONE, Key.of("b"), told::add);
    history.restart(2, 9);
    feed.show(9);
    assertThat(told).containsExactly(token(1));
    assertThat(feed.next(token(1), ALL, 1000).kind()).isEqualTo(FeedPart.Kind.LOST);
    assertThat(feed.now()).isEqualTo(new Token(2, 9));
    assertThat(feed.oldest()).isEqualTo(new Token(2, 10));
  }

  @Test
  void whoLosesGroundIsLateAndWhoBeganLateAndGainsItIsNot() {
    while (feed.reachesBackTo(Token.NONE)) {
      give("a");
    }
    feed.show(given);
    Token last = token(given - 1);
    long best = feed.margin(last);
    Token oldest = token(feed.oldest().version() - 1);
    assertThat(feed.isLate(last, best)).isFalse();
    assertThat(feed.isLate(oldest, feed.margin(oldest))).isFalse();
    while (!feed.isLate(last, best)) {
      give("a");
      feed.show(given);
    }
    assertThat(feed.reachesBackTo(last)).isTrue();
    assertThat(feed.margin(last)).isBetween(4_000L, 5_000L);
  }
}
