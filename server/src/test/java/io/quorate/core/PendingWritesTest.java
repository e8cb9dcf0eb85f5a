package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Waiter.Answer;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PendingWritesTest {

  private final PendingWrites pending = new PendingWrites();
  private final Writes.Told early = new Writes.Told();
  private final Writes.Told late = new Writes.Told();
  private final Write first = Writes.waited("a", 10, 1, 1, 200, late);
  private final Write second = Writes.waited("b", 10, 2, 1, 100, early);

  @Test
  void answersUnconfirmedAtTheDeadlineAndNotBefore() {
    pending.add(first);
    pending.add(second);
    pending.expire(99);
    assertThat(early.answers).isEmpty();
    pending.expire(100);
    assertThat(early.answers).containsExactly(Answer.UNCONFIRMED);
    assertThat(late.answers).isEmpty();
    pending.expire(1_000);
    assertThat(early.answers).hasSize(1);
    assertThat(late.answers).containsExactly(Answer.UNCONFIRMED);
  }

  @Test
  void overdueWritesStayPendingAndAreCountedApart() {
    pending.add(first);
    pending.add(second);
    pending.expire(150);
    assertThat(pending.waiting()).isOne();
    assertThat(pending.overdue()).isOne();
    assertThat(pending.get(2)).isSameAs(second);
    pending.remove(second);
    assertThat(pending.overdue()).isZero();
    assertThat(pending.sizeBytes()).isEqualTo(first.sizeBytes());
    pending.remove(second);
    assertThat(pending.waiting()).isOne();
  }

  @Test
  void deadlineOfALaterWriteCountsAfterTheEarliestWasConfirmed() {
    pending.add(second);
    pending.remove(second);
    pending.add(first);
    pending.expire(150);
    assertThat(late.answers).isEmpty();
    pending.expire(200);
    assertThat(late.answers).containsExactly(Answer.UNCONFIRMED);
  }

  @Test
  void findsOldestAndRangesInVersionOrder() {
    pending.add(first);
    pending.add(second);
    pending.add(Writes.put("a", 1, 7));
    assertThat(pending.oldest()).isSameAs(first);
    assertThat(pending.between(1, 6)).containsExactly(second);
    assertThat(pending.hasOlder(Key.of("a"), 7)).isTrue();
    assertThat(pending.hasOlder(Key.of("a"), 1)).isFalse();
    assertThat(pending.hasOlder(Key.of("c"), 9)).isFalse();
  }

  @Test
  void holdsWhatAPlainMapHoldsHoweverLongSomeStay() {
    for (long seed = 1; seed <= 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PendingWrites writes = new PendingWrites();
      TreeMap<Long, Write> model = new TreeMap<>();
      for (long version = 1; version <= 2_000; version++) {
        Write write = Writes.put("k", 1, version);
        writes.add(write);
        model.put(version, write);
        while (random.nextInt(40) > 0 && model.size() > random.nextInt(1, 300)) {
          long from = random.nextInt(30) == 0 ? 0 : Math.min(version - 20, model.lastKey());
          Write done = model.ceilingEntry(Math.max(from, model.firstKey())).getValue();
          writes.remove(done);
          model.remove(done.version());
        }
        long asked = random.nextLong(1, version + 2);
        assertThat(writes.get(asked)).as("seed %s", seed).isSameAs(model.get(asked));
        assertThat(writes.waiting()).isEqualTo(model.size());
        assertThat(writes.oldest())
            .isSameAs(model.isEmpty() ? null : model.firstEntry().getValue());
      }
      assertThat(writes.between(0, Long.MAX_VALUE)).containsExactlyElementsOf(model.values());
    }
  }

  @Test
  void abandonTellsEveryoneOnceThatNobodyWillKnow() {
    pending.add(first);
    pending.add(second);
    pending.expire(100);
    pending.abandon();
    assertThat(early.answers).containsExactly(Answer.UNCONFIRMED);
    assertThat(late.answers).containsExactly(Answer.UNKNOWN);
    first.confirm();
    assertThat(late.answers).hasSize(1);
  }
}
