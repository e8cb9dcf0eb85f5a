package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HistoryTest {

  private static final int LIMIT_BYTES = 10_000;

  private final History history = new History(LIMIT_BYTES);

  private static Mutation put(long epoch, long version) {
    return Writes.mutation("key" + version, "value", epoch, version);
  }

  private void applied(long epoch, long version, long through) {
    history.applied(List.of(put(epoch, version)), epoch, through);
  }

  /** One write of several mutations, from this version on. */
  private static List<Mutation> together(long first, int all) {
    List<Mutation> write = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      Attributes attributes = new Attributes(0, 0, false, all - 1 - i, null, false);
      write.add(new Mutation(Key.of("key" + i), new byte[100], 1, first + i, attributes));
    }
    return write;
  }

  private List<Token> tokensAfter(Token after) {
    Backlog writes = history.backlog();
    return LongStream.rangeClosed(
            history.placeOf(after) + 1, Math.max(history.placeOf(after), writes.last()))
        .filter(version -> writes.key(version) != null)
        .mapToObj(history::tokenAt)
        .toList();
  }

  @Test
  void whatIsAppliedEarlyIsPutInItsPlace() {
    history.advance(1, 0);
    applied(1, 1, 1);
    applied(1, 3, 1);
    assertThat(history.backlog().last()).isEqualTo(1);
    applied(1, 2, 3);
    assertThat(tokensAfter(Token.NONE))
        .containsExactly(new Token(1, 1), new Token(1, 2), new Token(1, 3));
    assertThat(history.reachesBackTo(Token.NONE)).isTrue();
  }

  /** A snapshot showed every write, more than is kept, and came to nothing. */
  @Test
  void itBeginsAnewWhereWhatIsCutWasAllThatItHeld() {
    history.advance(1, 10);
    LongStream.range(11, 1_000).forEach(version -> history.append(put(1, version), 0));
    assertThat(history.backlog().first()).isGreaterThan(12);
    history.cutAfter(10);
    assertThat(history.holdsAllAfter(10)).isTrue();
    assertThat(history.beginning()).isEqualTo(new Token(1, 10));
    applied(1, 11, 11);
    assertThat(tokensAfter(new Token(1, 10))).containsExactly(new Token(1, 11));
  }

  @Test
  void numbersThatNobodyHoldsWhenAnEpochBeginsAreLeftOut() {
    history.advance(1, 0);
    applied(1, 1, 1);
    applied(1, 3, 1);
    history.advance(2, 4);
    history.append(put(2, 5), 1);
    assertThat(tokensAfter(Token.NONE))
        .containsExactly(new Token(1, 1), new Token(1, 3), new Token(2, 5));
    assertThat(history.restarts()).isZero();
    assertThat(tokensAfter(new Token(1, 3))).containsExactly(new Token(2, 5));
  }

  @Test
  void tokenOfAForkThatWasLostHasItsPlaceBeforeTheNextEpoch() {
    history.advance(1, 0);
    applied(1, 1, 1);
    history.advance(3, 2);
    history.append(put(3, 3), 1);
    assertThat(tokensAfter(new Token(1, 900))).containsExactly(new Token(3, 3));
    assertThat(tokensAfter(new Token(2, 1))).containsExactly(new Token(3, 3));
    assertThat(tokensAfter(new Token(3, 1))).containsExactly(new Token(3, 3));
    assertThat(tokensAfter(new Token(4, 0))).isEmpty();
  }

  @Test
  void beginsAfterWhatWasNotSeenWriteByWrite() {
    history.advance(1, 0);
    applied(1, 1, 1);
    history.lose(7);
    history.advance(1, 7);
    applied(1, 8, 8);
    assertThat(history.reachesBackTo(new Token(1, 6))).isFalse();
    assertThat(history.reachesBackTo(new Token(1, 7))).isTrue();
    assertThat(tokensAfter(new Token(1, 7))).containsExactly(new Token(1, 8));
  }

  @Test
  void whatComesEarlyIsBoundedAndWhatWasDroppedOfItIsAGapNobodyIsShown() {
    history.advance(1, 0);
    for (long version = 2; version <= 400; version++) {
      applied(1, version, 0);
    }
    applied(1, 1, 400);
    assertThat(history.reachesBackTo(Token.NONE)).isFalse();
    List<Token> held = tokensAfter(history.beginning());
    assertThat(held).hasSizeBetween(100, 200);
    assertThat(held.get(held.size() - 1)).isEqualTo(new Token(1, 400));
    assertThat(held.get(0).version()).isEqualTo(401 - held.size());
  }

  @Test
  void whatWasShownInVainIsForgotten() {
    history.advance(1, 0);
    applied(1, 1, 1);
    history.append(put(1, 2), 0);
    history.append(put(2, 4), 0);
    history.cutAfter(1);
    applied(1, 2, 2);
    assertThat(tokensAfter(Token.NONE)).containsExactly(new Token(1, 1), new Token(1, 2));
    assertThat(history.backlog().get(4)).isNull();
  }

  @Test
  void aLongRunOfNumbersThatNobodyHoldsTakesNoRoom() {
    history.advance(1, 0);
    applied(1, 1, 1);
    history.advance(2, 50_000_000_000L);
    history.append(put(2, 50_000_000_001L), 1);
    assertThat(history.reachesBackTo(new Token(1, 1))).isFalse();
    assertThat(tokensAfter(history.beginning())).containsExactly(new Token(2, 50_000_000_001L));
  }

  @Test
  void theNewestWriteIsHeldWholeHoweverLargeItIs() {
    history.advance(1, 0);
    applied(1, 1, 1);
    history.applied(together(2, 100), 1, 101);
    assertThat(history.backlog().first()).isEqualTo(2);
    assertThat(history.backlog().sizeBytes()).isGreaterThan(LIMIT_BYTES);
    assertThat(tokensAfter(new Token(1, 1))).hasSize(100);
    applied(1, 102, 102);
    assertThat(history.backlog().sizeBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
    assertThat(history.backlog().last()).isEqualTo(102);
  }

  @Test
  void whatComesEarlyCountsTowardsTheLimit() {
    history.advance(1, 0);
    long version = 0;
    while (history.reachesBackTo(Token.NONE)) {
      version++;
      applied(1, version, version);
    }
    long through = version;
    for (version += 2; version < through + 60; version++) {
      applied(1, version, through);
      assertThat(history.sizeBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
    }
    assertThat(history.holdsAllAfter(through)).isTrue();
    applied(1, through + 1, version - 1);
    assertThat(history.sizeBytes()).isBetween(LIMIT_BYTES - 200L, (long) LIMIT_BYTES);
    assertThat(history.backlog().last()).isEqualTo(version - 1);
    assertThat(history.restarts()).isZero();
  }

  @Test
  void aWriteThatCameEarlyIsDroppedWhole() {
    history.advance(1, 0);
    history.applied(together(2, 40), 1, 0);
    history.applied(together(42, 40), 1, 0);
    applied(1, 1, 81);
    assertThat(history.beginning()).isEqualTo(new Token(1, 41));
    assertThat(tokensAfter(history.beginning())).hasSize(40);
  }
}
