package io.quorate.it.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.it.history.Operation.Outcome;
import org.junit.jupiter.api.Test;

/** Histories that may look wrong and are right. */
final class HistoryCheckerTest {

  @Test
  void readThatOverlapsAWriteMayShowWhatWasBeforeOrAfterIt() {
    Sample before =
        new Sample().put(0, 1, "old", 1).put(2, 9, "new", 2).confirmedRead(3, 4, "old", 1);
    assertThat(before.violations()).isEmpty();
    Sample after =
        new Sample().put(0, 1, "old", 1).put(2, 9, "new", 2).confirmedRead(3, 4, "new", 2);
    assertThat(after.violations()).isEmpty();
  }

  @Test
  void writeOvertakenByANewerOneIsAnsweredAfterThatWasSeen() {
    Sample overtaken =
        new Sample()
            .put(0, 9, "overtaken", 1)
            .put(1, 2, "newer", 2)
            .confirmedRead(3, 4, "newer", 2)
            .confirmedRead(10, 11, "newer", 2)
            .finalRead(12, "leader", "newer", 2);
    assertThat(overtaken.violations()).isEmpty();
  }

  @Test
  void unconfirmedWriteShowsLaterOrNever() {
    Sample later =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "late", 2)
            .confirmedRead(10, 11, "first", 1)
            .confirmedRead(20, 21, "late", 2);
    assertThat(later.violations()).isEmpty();
    Sample never =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "superseded", 2)
            .put(3, 4, "third", 3)
            .confirmedRead(5, 6, "third", 3)
            .finalRead(7, "leader", "third", 3);
    assertThat(never.violations()).isEmpty();
  }

  @Test
  void unansweredWriteHasTheVersionUnderWhichItIsSeen() {
    Sample seen =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "unanswered", 0)
            .confirmedRead(5, 6, "unanswered", 2)
            .put(7, 8, "third", 3);
    assertThat(seen.violations()).isEmpty();
    Sample tooLow =
        new Sample()
            .put(0, 1, "second", 2)
            .unknown(2, "unanswered", 0)
            .localRead(5, "follower", "a", "unanswered", 1);
    assertThat(tooLow.broken()).containsExactly(Violation.Promise.LINEARIZABLE);
  }

  @Test
  void readThatShowsNothingStandsBehindTheLowestDeleteThatExplainsIt() {
    Sample twoDeletes =
        new Sample()
            .confirmedRead(0, 1, null, 0)
            .put(2, 3, "first", 1)
            .delete(4, 30, 2)
            .delete(5, 30, 4)
            .confirmedRead(6, 7, null, 0)
            .put(8, 9, "third", 3)
            .confirmedRead(10, 11, "third", 3)
            .confirmedRead(12, 13, null, 0);
    assertThat(twoDeletes.violations()).isEmpty();
  }

  @Test
  void deleteThatWasNotAnsweredExplainsReadsThatShowNothing() {
    Sample deleted =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, null, 0)
            .confirmedRead(3, 4, null, 0)
            .finalRead(5, "leader", null, 0);
    assertThat(deleted.violations()).isEmpty();
  }

  @Test
  void followerShowsOldAndUnconfirmedVersionsAndBeginsAnewWithANewIncarnation() {
    Sample local =
        new Sample()
            .put(0, 1, "first", 1)
            .put(2, 3, "second", 2)
            .unknown(4, "third", 3)
            .localRead(5, "follower", "a", "first", 1)
            .localRead(7, "follower", "a", "third", 3)
            .localRead(9, "follower", "b", null, 0)
            .localRead(11, "follower", "b", "second", 2)
            .localRead(12, "other", "a", "first", 1);
    assertThat(local.violations()).isEmpty();
  }

  @Test
  void writesOfDifferentKeysDoNotBoundEachOther() {
    Sample keys = new Sample().put(0, 1, "value", 5).write(2, 3, "other", "value", 3, Outcome.OK);
    assertThat(keys.violations()).isEmpty();
  }

  @Test
  void valuePutTwiceToOneKeyIsRefused() {
    Sample twice = new Sample().put(0, 1, "same", 1).put(2, 3, "same", 2);
    assertThatThrownBy(twice::violations)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("put twice")
        .hasMessageContaining("\"same\"");
  }
}
