package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReceiptsTest {

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
    receipts.forget(50);
    assertThat(receipts.size()).isZero();
  }

  @Test
  void areForgottenWhenTheirTimeIsOverAndNotBefore() {
    receipts.add(given("late", 1, 1, 101));
    receipts.add(given("early", 1, 2, 100));
    receipts.forget(99);
    assertThat(receipts.size()).isEqualTo(2);
    receipts.forget(100);
    assertThat(receipts.find("early")).isNull();
    assertThat(receipts.find("late")).isNotNull();
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
    receipts.forget(100);
    assertThat(receipts.size()).isZero();
  }

  private static Mutation given(String id, long epoch, long version, long keptUntilMillis) {
    Receipt receipt = new Receipt(id, new Receipt.Payload(1, 2), 1, keptUntilMillis);
    Attributes attributes = new Attributes(1, 0, false, 0, receipt, false);
    return new Mutation(Key.of("k"), new byte[] {1}, epoch, version, attributes);
  }
}
