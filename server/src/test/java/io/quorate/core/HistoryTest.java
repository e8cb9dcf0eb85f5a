package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HistoryTest {

  private final History history = new History(10_000);

  private static Mutation put(long epoch, long version) {
    return Writes.mutation("key" + version, "value", epoch, version);
  }

  private void applied(long epoch, long version, long through) {
    history.applied(List.of(put(epoch, version)), epoch, through);
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
}
