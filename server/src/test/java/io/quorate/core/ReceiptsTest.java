package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReceiptsTest {

  private static final long KEPT_MILLIS = 600;

  private final Receipts receipts = new Receipts();

  @Test
  void areKeptWithoutTheValueOfTheirWrite() {
    receipts.add(given("id", 1, 7, 100));
    Mutation kept = Objects.requireNonNull(receipts.find("id"));
    assertThat(kept.token()).isEqualTo(new Token(1, 7));
    assertThat(kept.value()).isNull();
    assertThat(kept.isDelete()).isFalse();
    assertThat(receipts.find("other")).isNull();
  }

  @Test
  void ofTwoWritesWithOneIdTheNewerIsKept() {
    receipts.add(given("id", 2, 3, 100));
    receipts.add(given("id", 1, 9, 500));
    assertThat(receipts.all()).extracting(Mutation::token).containsExactly(new Token(2, 3));
    receipts.add(given("id", 2, 4, 50));
    assertThat(receipts.all()).extracting(Mutation::token).containsExactly(new Token(2, 4));
    receipts.forgetThrough(4);
    assertThat(receipts.size()).isZero();
    assertThat(receipts.oldest()).isNull();
  }

  @Test
  void areForgottenThroughAVersionInWhicheverOrderTheyCame() {
    receipts.add(given("newer", 2, 8, 100));
    receipts.add(given("older", 1, 5, 900));
    receipts.add(given("between", 2, 7, 100));
    assertThat(receipts.all()).extracting(Mutation::version).containsExactly(5L, 7L, 8L);
    receipts.forgetThrough(4);
    assertThat(receipts.size()).isEqualTo(3);
    receipts.forgetThrough(7);
    assertThat(receipts.find("older")).isNull();
    assertThat(receipts.find("between")).isNull();
    assertThat(receipts.find("newer")).isNotNull();
  }

  @Test
  void mutationWithoutOneLeavesNone() {
    receipts.add(Writes.mutation("k", "v", 1, 1));
    assertThat(receipts.size()).isZero();
  }

  @Test
  void onlyThoseThatAreNamedStay() {
    receipts.add(given("a", 1, 1, 100));
    receipts.add(given("b", 1, 2, 100));
    receipts.retain(Set.of("b"));
    assertThat(receipts.all()).extracting(Mutation::version).containsExactly(2L);
    receipts.forgetThrough(2);
    assertThat(receipts.size()).isZero();
  }

  @Test
  void leaderForgetsItsOwnWhenTheirTimeIsOverAndNotBefore() {
    ReceiptTimes times = new ReceiptTimes(receipts, KEPT_MILLIS, 1_000);
    receipts.add(given("early", 1, 1, 1_010));
    receipts.add(given("late", 1, 2, 1_011));
    times.forget(1_609);
    assertThat(receipts.size()).isEqualTo(2);
    times.forget(1_610);
    assertThat(receipts.find("early")).isNull();
    assertThat(receipts.find("late")).isNotNull();
  }

  @Test
  void newestThatWasTakenOverIsKeptForAllItsTimeWhateverTheClockOfItsLeaderShowed() {
    for (long clockMillis : new long[] {-1_000_000, 0, 1_000_000}) {
      receipts.retain(Set.of());
      receipts.add(given("older", 1, 1, clockMillis + 500));
      receipts.add(given("newest", 1, 2, clockMillis + 800));
      ReceiptTimes times = new ReceiptTimes(receipts, KEPT_MILLIS, 1_000);
      times.forget(1_000 + KEPT_MILLIS - 301);
      assertThat(receipts.size()).isEqualTo(2);
      times.forget(1_000 + KEPT_MILLIS - 300);
      assertThat(receipts.find("older")).isNull();
      times.forget(1_000 + KEPT_MILLIS - 1);
      assertThat(receipts.find("newest")).isNotNull();
      times.forget(1_000 + KEPT_MILLIS);
      assertThat(receipts.size()).isZero();
    }
  }

  @Test
  void newestOfAnEpochCountsAsGivenWhenTheOldestOfTheNextWas() {
    receipts.add(given("first", 1, 1, 7_000_000));
    receipts.add(given("second", 1, 2, 7_000_050));
    receipts.add(given("third", 4, 3, 20));
    receipts.add(given("fourth", 4, 4, 220));
    ReceiptTimes times = new ReceiptTimes(receipts, KEPT_MILLIS, 1_000);
    times.forget(1_000 - 200 - 50 + KEPT_MILLIS - 1);
    assertThat(receipts.size()).isEqualTo(4);
    times.forget(1_000 - 200 - 50 + KEPT_MILLIS);
    assertThat(receipts.size()).isEqualTo(3);
    times.forget(1_000 - 200 + KEPT_MILLIS);
    assertThat(receipts.all()).extracting(Mutation::version).containsExactly(4L);
  }

  private static Mutation given(String id, long epoch, long version, long givenMillis) {
    Receipt receipt = new Receipt(id, new Receipt.Payload(1, 2), 1, givenMillis);
    Attributes attributes = new Attributes(1, 0, false, 0, receipt, false);
    return new Mutation(Key.of("k"), new byte[] {1}, epoch, version, attributes);
  }
}
