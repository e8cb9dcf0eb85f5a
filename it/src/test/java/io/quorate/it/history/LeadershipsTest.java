package io.quorate.it.history;

import static io.quorate.it.history.Violation.Promise.CONVERGED;
import static io.quorate.it.history.Violation.Promise.KEPT;
import static io.quorate.it.history.Violation.Promise.LINEARIZABLE;
import static io.quorate.it.history.Violation.Promise.NEVER_BACK;
import static io.quorate.it.history.Violation.Promise.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.Operation.Outcome;
import org.junit.jupiter.api.Test;

/** Histories over more than one leadership: those that are right, and planted faults. */
final class LeadershipsTest {

  /** Two confirmed writes under one leader; what follows is of the next. */
  private static Sample replaced() {
    return new Sample().put(0, 1, "first", 1).put(2, 3, "second", 2).epoch(2);
  }

  @Test
  void versionsOfALaterEpochAreNewerHoweverLow() {
    Sample lower =
        new Sample()
            .put(0, 1, "first", 100)
            .epoch(2)
            .put(2, 3, "second", 5)
            .confirmedRead(4, 5, "second", 5)
            .finalRead(6, "leader", "second", 5);
    assertThat(lower.violations()).isEmpty();
  }

  @Test
  void unconfirmedWriteOfTheOldEpochMayVanish() {
    Sample vanished =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "lost", 2)
            .unknown(3, null, 3)
            .confirmedRead(4, 5, "first", 1)
            .epoch(2)
            .put(6, 7, "second", 4)
            .confirmedRead(8, 9, "second", 4)
            .finalRead(10, "leader", "second", 4);
    assertThat(vanished.violations()).isEmpty();
  }

  @Test
  void unconfirmedWriteOfTheOldEpochMayStay() {
    Sample stays =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "stays", 2)
            .confirmedRead(4, 5, "stays", 2)
            .finalRead(6, "leader", "stays", 2)
            .epoch(2)
            .write(7, 8, "other", "second", 3, Outcome.OK);
    assertThat(stays.violations()).isEmpty();
  }

  @Test
  void writeTakenByALeaderThatWasReplacedIsNoFaultWhileNobodyConfirmsIt() {
    Sample late =
        replaced()
            .put(4, 5, "third", 3)
            .epoch(1)
            .unknown(6, "by the old leader", 3)
            .localRead(7, "old leader", "a, epoch 1", "by the old leader", 3)
            .epoch(2)
            .confirmedRead(8, 9, "third", 3)
            .finalRead(10, "old leader", "third", 3);
    assertThat(late.violations()).isEmpty();
  }

  @Test
  void writeTakenByALeaderThatWasReplacedAndShownAsConfirmedIsFound() {
    for (long readBegins : new long[] {4, 7}) {
      Sample shown =
          replaced()
              .put(4, 5, "third", 3)
              .epoch(1)
              .unknown(6, "by the old leader", 3)
              .confirmedRead(readBegins, 8, "by the old leader", 3);
      assertThat(shown.broken()).as("read from %s on", readBegins).containsExactly(LINEARIZABLE);
    }
    Sample confirmed = replaced().put(4, 5, "third", 3).epoch(1).put(6, 7, "by the old leader", 3);
    assertThat(confirmed.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void readThatIsShownNothingMayStandBehindALaterDeleteThanOneThatVanished() {
    Sample sound =
        replaced()
            .epoch(1)
            .unknown(4, null, 8)
            .epoch(2)
            .delete(4, 9, 3)
            .confirmedRead(6, 7, null, 0)
            .epoch(1)
            .unknown(8, "by the old leader", 7);
    assertThat(sound.violations()).isEmpty();
  }

  @Test
  void versionGivenAgainByALeaderThatWasReplacedIsFound() {
    Sample again = replaced().put(4, 5, "third", 3).epoch(1).unknown(6, "again", 1);
    assertThat(again.broken()).contains(LINEARIZABLE);
  }

  @Test
  void confirmedWriteLostByAPromotionIsFound() {
    Sample lost = replaced().epoch(1).confirmedRead(4, 5, "first", 1);
    assertThat(lost.broken()).containsExactly(LINEARIZABLE);
    Sample inTheEnd = replaced().epoch(1).finalRead(4, "leader", "first", 1);
    assertThat(inTheEnd.broken()).containsExactly(KEPT);
    Sample gone = replaced().finalRead(4, "leader", null, 0);
    assertThat(gone.broken()).containsExactly(KEPT);
  }

  @Test
  void oldValueReadFromAnOldLeaderAfterANewerWriteWasConfirmedIsFound() {
    Sample stale = replaced().put(4, 5, "third", 1).epoch(1).confirmedRead(6, 7, "second", 2);
    assertThat(stale.broken()).containsExactly(LINEARIZABLE);
    assertThat(stale.violations().get(0).toString())
        .contains("put key = \"third\" ok 2.1", "confirmed read key = \"second\" at 1.2");
  }

  @Test
  void versionReusedByARestartedLeaderIsFound() {
    Sample reused =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "lost by the leader, held by a follower", 2)
            .write(4, 5, "other", "given again", 2, Outcome.OK);
    assertThat(reused.broken()).containsExactly(WRITTEN);
    Sample ofOneKey = new Sample().unknown(0, "held by a follower", 2).put(4, 5, "again", 2);
    assertThat(ofOneKey.broken()).containsExactly(WRITTEN);
  }

  @Test
  void epochThatGoesBackIsFound() {
    Sample back = replaced().put(4, 5, "third", 3).epoch(1).put(6, 7, "fourth", 9);
    assertThat(back.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void nodeMayShowAnOlderVersionOnlyOnceItHasEnteredAnotherEpoch() {
    Sample entered =
        replaced()
            .epoch(1)
            .unknown(4, "lost", 3)
            .localRead(5, "follower", "a, epoch 1", "lost", 3)
            .localRead(7, "follower", "a, epoch 2", "second", 2);
    assertThat(entered.violations()).isEmpty();
    Sample stayed =
        replaced()
            .epoch(1)
            .unknown(4, "lost", 3)
            .localRead(5, "follower", "a, epoch 1", "lost", 3)
            .localRead(7, "follower", "a, epoch 1", "second", 2);
    assertThat(stayed.broken()).containsExactly(NEVER_BACK);
  }

  @Test
  void oldLeaderThatKeepsWhatItsSuccessorDoesNotHoldIsFound() {
    Sample kept =
        replaced()
            .epoch(1)
            .unknown(4, "of the old leader alone", 3)
            .finalRead(6, "new leader", "second", 2)
            .finalRead(7, "old leader", "of the old leader alone", 3);
    assertThat(kept.broken()).containsExactly(CONVERGED);
  }
}
