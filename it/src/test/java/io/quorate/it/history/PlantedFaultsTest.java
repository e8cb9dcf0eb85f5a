package io.quorate.it.history;

import static io.quorate.it.history.Violation.Promise.CONVERGED;
import static io.quorate.it.history.Violation.Promise.KEPT;
import static io.quorate.it.history.Violation.Promise.LINEARIZABLE;
import static io.quorate.it.history.Violation.Promise.NEVER_BACK;
import static io.quorate.it.history.Violation.Promise.NOT_APPLIED_UNSEEN;
import static io.quorate.it.history.Violation.Promise.WRITTEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.history.Operation.Outcome;
import org.junit.jupiter.api.Test;

/** Each kind of broken promise, planted, and found as what it is and nothing else. */
final class PlantedFaultsTest {

  private static Sample twoWrites() {
    return new Sample().put(0, 1, "first", 1).put(2, 3, "second", 2);
  }

  @Test
  void staleConfirmedReadIsFound() {
    Sample stale = twoWrites().confirmedRead(4, 5, "first", 1);
    assertThat(stale.broken()).containsExactly(LINEARIZABLE);
    assertThat(stale.violations().get(0).toString())
        .contains("put key = \"second\" ok 1.2", "confirmed read key = \"first\" at 1.1");
  }

  @Test
  void staleAgainstAnotherReadIsFound() {
    Sample back =
        new Sample()
            .put(0, 1, "first", 1)
            .put(2, 20, "second", 2)
            .confirmedRead(4, 5, "second", 2)
            .confirmedRead(6, 7, "first", 1);
    assertThat(back.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void acknowledgedWriteThatDoesNotShowIsFound() {
    Sample hidden = new Sample().put(0, 1, "first", 1).confirmedRead(2, 3, null, 0);
    assertThat(hidden.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void nothingShownAfterAPutBehindAllDeletesIsFound() {
    Sample undone =
        new Sample()
            .put(0, 1, "first", 1)
            .delete(2, 3, 2)
            .put(4, 5, "third", 3)
            .confirmedRead(6, 7, null, 0);
    assertThat(undone.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void nothingShownBeforeTheDeleteWasAskedForIsFound() {
    Sample early = new Sample().put(0, 1, "first", 1).confirmedRead(2, 3, null, 0).delete(4, 5, 2);
    assertThat(early.broken()).containsExactly(LINEARIZABLE);
    Sample earlyUnanswered =
        new Sample().put(0, 1, "first", 1).confirmedRead(2, 3, null, 0).unknown(4, null, 0);
    assertThat(earlyUnanswered.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void acknowledgedWriteGoneBehindADeleteThatWasNeverTakenIsFound() {
    Sample gone =
        new Sample().put(0, 1, "first", 1).refused(2, 3, null).finalRead(9, "follower", null, 0);
    assertThat(gone.broken()).containsExactly(KEPT);
  }

  @Test
  void laterWriteWithALowerVersionIsFound() {
    Sample lower = new Sample().put(0, 1, "first", 2).put(2, 3, "second", 1);
    assertThat(lower.broken()).containsExactly(LINEARIZABLE);
    Sample lowerUnconfirmed = new Sample().put(0, 1, "first", 2).unknown(2, "second", 1);
    assertThat(lowerUnconfirmed.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void unconfirmedWriteShownAsConfirmedAndThenGoneIsFound() {
    Sample dirty =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "dirty", 2)
            .confirmedRead(3, 4, "dirty", 2)
            .confirmedRead(5, 6, "first", 1);
    assertThat(dirty.broken()).containsExactly(LINEARIZABLE);
    Sample goneInTheEnd =
        new Sample()
            .put(0, 1, "first", 1)
            .unknown(2, "dirty", 2)
            .confirmedRead(3, 4, "dirty", 2)
            .finalRead(5, "leader", "first", 1);
    assertThat(goneInTheEnd.broken()).containsExactly(KEPT);
  }

  @Test
  void deleteUndoneIsFound() {
    Sample undone =
        new Sample().put(0, 1, "first", 1).delete(2, 3, 2).confirmedRead(4, 5, "first", 1);
    assertThat(undone.broken()).containsExactly(LINEARIZABLE);
    Sample undoneInTheEnd =
        new Sample().put(0, 1, "first", 1).delete(2, 3, 2).finalRead(4, "leader", "first", 1);
    assertThat(undoneInTheEnd.broken()).containsExactly(KEPT);
  }

  @Test
  void versionGoingBackOnANodeIsFound() {
    Sample back =
        twoWrites()
            .localRead(4, "follower", "a", "second", 2)
            .localRead(6, "follower", "a", "first", 1);
    assertThat(back.broken()).containsExactly(NEVER_BACK);
    Sample vanished =
        twoWrites()
            .localRead(4, "follower", "a", "second", 2)
            .localRead(6, "follower", "a", null, 0);
    assertThat(vanished.broken()).containsExactly(NEVER_BACK);
    Sample undone =
        new Sample()
            .put(0, 1, "first", 1)
            .delete(2, 3, 2)
            .localRead(4, "follower", "a", "first", 1)
            .localRead(6, "follower", "a", null, 0)
            .localRead(8, "follower", "a", "first", 1);
    assertThat(undone.broken()).containsExactly(NEVER_BACK);
  }

  @Test
  void refusedWriteThatShowsIsFound() {
    Sample local =
        new Sample().refused(0, 1, "refused").localRead(2, "follower", "a", "refused", 1);
    assertThat(local.broken()).containsExactly(NOT_APPLIED_UNSEEN);
    Sample inTheEnd = new Sample().refused(0, 1, "refused").finalRead(2, "leader", "refused", 1);
    assertThat(inTheEnd.broken()).containsExactly(NOT_APPLIED_UNSEEN);
    Sample deleted =
        new Sample().put(0, 1, "first", 1).refused(2, 3, null).confirmedRead(4, 5, null, 0);
    assertThat(deleted.broken()).containsExactly(LINEARIZABLE);
  }

  @Test
  void valueThatNobodyWroteIsFound() {
    assertThat(twoWrites().localRead(4, "follower", "a", "third", 3).broken())
        .containsExactly(WRITTEN);
    Sample ofAnotherKey =
        new Sample()
            .write(0, 1, "other", "elsewhere", 1, Outcome.OK)
            .confirmedRead(2, 3, "elsewhere", 2);
    assertThat(ofAnotherKey.broken()).containsExactly(WRITTEN);
  }

  @Test
  void valueFromTheFutureIsFound() {
    Sample future = new Sample().localRead(0, "follower", "a", "first", 1).put(5, 6, "first", 1);
    assertThat(future.broken()).containsExactly(WRITTEN);
  }

  @Test
  void versionOfTwoValuesIsFound() {
    Sample twoValues =
        new Sample()
            .put(0, 5, "first", 1)
            .unknown(0, "second", 0)
            .localRead(6, "f", "a", "second", 1);
    assertThat(twoValues.broken()).containsExactly(WRITTEN);
    Sample ofADelete = twoWrites().delete(4, 5, 3).localRead(6, "f", "a", "second", 3);
    assertThat(ofADelete.broken()).containsExactly(WRITTEN);
    Sample twoWrites =
        new Sample().put(0, 1, "first", 1).write(0, 1, "other", "second", 1, Outcome.OK);
    assertThat(twoWrites.broken()).containsExactly(WRITTEN);
  }

  @Test
  void valueOfTwoVersionsIsFound() {
    assertThat(twoWrites().localRead(4, "follower", "a", "second", 3).broken())
        .containsExactly(WRITTEN);
    assertThat(twoWrites().localRead(4, "follower", "a", "second", 0).broken())
        .containsExactly(WRITTEN);
  }

  @Test
  void lostAcknowledgedWriteIsFound() {
    assertThat(twoWrites().finalRead(9, "leader", "first", 1).broken()).containsExactly(KEPT);
    assertThat(twoWrites().finalRead(9, "leader", null, 0).broken()).containsExactly(KEPT);
    Sample behindADelete =
        new Sample().delete(0, 1, 1).put(2, 3, "second", 2).finalRead(4, "leader", null, 0);
    assertThat(behindADelete.broken()).containsExactly(KEPT);
  }

  @Test
  void nodesThatDifferInTheEndAreFound() {
    Sample differ =
        twoWrites()
            .unknown(4, "third", 3)
            .finalRead(8, "leader", "third", 3)
            .finalRead(9, "follower", "second", 2);
    assertThat(differ.broken()).containsExactly(CONVERGED);
    Sample absent =
        new Sample()
            .unknown(4, "third", 3)
            .finalRead(8, "leader", "third", 3)
            .finalRead(9, "follower", null, 0);
    assertThat(absent.broken()).containsExactly(CONVERGED);
  }
}
