package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A leader of three followers whose leadership was granted, over what an earlier one had given. */
final class LeaderTest {

  private static final Leadership EARLIER = new Leadership(1, 11);
  private static final Leadership PRESENT = new Leadership(2, 22);
  private static final long MILLI = 1_000_000L;
  private static final long BEGAN_MILLIS = 1_000;
  private static final int KEPT_MILLIS = 60_000;
  private static final int WAITING = 3;
  private static final int PENDING_BYTES = 4_000;
  private static final LeaderLimits LIMITS =
      new LeaderLimits(
          1 << 24,
          1 << 20,
          WAITING,
          PENDING_BYTES,
          10,
          9,
          1 << 24,
          9,
          9,
          9,
          KEPT_MILLIS,
          1L << 60,
          MILLI,
          MILLI);
  private static final Receipt.Payload PAYLOAD = new Receipt.Payload(1, 2);

  private final NodeState state = new NodeState(1 << 20);
  private final Map<Integer, Long> hellos = new HashMap<>();
  private final Outbox outbox =
      new Nowhere() {
        @Override
        public void hello(int follower, long helloNumber, Hello hello) {
          hellos.put(follower, helloNumber);
        }
      };
  private long base;
  private long nowNanos;

  /** Begins to lead with what the state has come to hold. */
  private Leader lead() {
    base = state.lastVersion();
    state.enter(new Reign(PRESENT, base, true, false, List.of()));
    Leader leader =
        Leader.granted(
            state,
            List.of("f0", "f1", "f2"),
            new LeaderTerms(new Life(8, 8), base, true, false, 1, 0, Set.of()),
            LIMITS,
            new LeaderClock(BEGAN_MILLIS, 0),
            outbox,
            new Numbers(),
            nowNanos);
    leader.tick(nowNanos);
    return leader;
  }

  /** The earlier leadership's write, marked as {@code id}. */
  private void takenOver(String id, int required, long version) {
    if (state.isBlank()) {
      state.enter(new Reign(EARLIER, 0, false, false, List.of()));
    }
    Receipt receipt = new Receipt(id, PAYLOAD, 1, BEGAN_MILLIS);
    state.apply(
        new Mutation(
            Key.of(id),
            new byte[1],
            EARLIER.epoch(),
            version,
            new Attributes(required, 0, false, 0, receipt, false)));
  }

  /** The earlier leadership's value, which has ended. */
  private void ended(String key, int required, long version) {
    if (state.isBlank()) {
      state.enter(new Reign(EARLIER, 0, false, false, List.of()));
    }
    Attributes attributes = Attributes.ending(required, BEGAN_MILLIS - 1);
    state.apply(new Mutation(Key.of(key), new byte[1], EARLIER.epoch(), version, attributes));
  }

  private boolean isDeleted(String key) {
    Entry newest = state.store().newest(Key.of(key));
    return newest == null || newest.isTombstone();
  }

  /**
   * The follower is found to have entered the epoch, in this boot, with all that was taken over.
   */
  private void enters(Leader leader, int follower, long boot) {
    answers(leader, follower, boot, PRESENT, base);
  }

  private void answers(
      Leader leader, int follower, long boot, Leadership entered, long appliedVersion) {
    passMillis(leader, 2);
    long number = Objects.requireNonNull(hellos.remove(follower));
    leader.onHelloReport(
        follower,
        number,
        new Report(
            Report.Verdict.ACCEPTED,
            new Life(100 + follower, boot),
            entered,
            PRESENT,
            appliedVersion,
            appliedVersion,
            true,
            false,
            0,
            Report.Install.NONE,
            new VersionRanges()),
        nowNanos);
  }

  private void passMillis(Leader leader, long millis) {
    nowNanos += millis * MILLI;
    leader.tick(nowNanos);
  }

  private Told repeat(Leader leader, String id, long timeoutMillis) {
    Told told = new Told();
    leader.put(
        new WriteRequest(
            List.of(new Change(Key.of(id), new byte[1], Condition.NONE, 0)),
            new WriteRequest.Once(id, PAYLOAD),
            1,
            nowNanos + timeoutMillis * MILLI,
            told),
        nowNanos);
    return told;
  }

  private Told put(Leader leader, String key, int valueBytes) {
    Told told = new Told();
    leader.put(
        new WriteRequest(
            Key.of(key), new byte[valueBytes], Condition.NONE, 1, nowNanos + MILLI, told),
        nowNanos);
    return told;
  }

  /** Remembers what it was told. */
  private static final class Told implements Waiter {
    private final List<String> told = new ArrayList<>();
    private String reason = "";

    @Override
    public void answered(Write write, Answer answer) {
      told.add(
          answer
              + " "
              + write.last().token()
              + ", "
              + write.acknowledgements()
              + " of "
              + write.required());
    }

    @Override
    public void refused(Refusal refusal) {
      told.add(refusal.kind().name());
      reason = refusal.reason();
    }
  }

  @Test
  void repeatOfWhatWasTakenOverWaitsForAsManyFollowersAsTheFirstAskedFor() {
    takenOver("two", 2, 1);
    Leader leader = lead();
    enters(leader, 0, 1);
    Told repeat = repeat(leader, "two", 100);
    assertThat(repeat.told).isEmpty();
    enters(leader, 2, 1);
    assertThat(repeat.told).containsExactly("CONFIRMED 1.1, 2 of 2");
    assertThat(leader.lastVersion()).isEqualTo(base);
  }

  @Test
  void repeatOfWhatWasTakenOverIsUnconfirmedWhenItsDeadlinePassesFirst() {
    takenOver("two", 2, 1);
    Leader leader = lead();
    enters(leader, 0, 1);
    Told repeat = repeat(leader, "two", 10);
    passMillis(leader, 9);
    assertThat(repeat.told).isEmpty();
    passMillis(leader, 1);
    assertThat(repeat.told).containsExactly("UNCONFIRMED 1.1, 1 of 2");
    enters(leader, 1, 1);
    assertThat(repeat.told).hasSize(1);
    assertThat(repeat(leader, "two", 10).told).containsExactly("CONFIRMED 1.1, 2 of 2");
  }

  @Test
  void whatEnoughFollowersHaveHeldStaysConfirmedThoughOneIsAnotherSince() {
    takenOver("two", 2, 1);
    Leader leader = lead();
    enters(leader, 0, 1);
    enters(leader, 1, 1);
    answers(leader, 1, 2, Leadership.NONE, 0);
    assertThat(repeat(leader, "two", 10).told).containsExactly("CONFIRMED 1.1, 2 of 2");
  }

  @Test
  void followersThatHeldItOneAfterTheOtherAreNoQuorum() {
    takenOver("two", 2, 1);
    Leader leader = lead();
    enters(leader, 0, 1);
    Told repeat = repeat(leader, "two", 100);
    answers(leader, 0, 2, Leadership.NONE, 0);
    enters(leader, 1, 1);
    assertThat(repeat.told).isEmpty();
    leader.stop();
    assertThat(repeat.told).containsExactly("UNKNOWN 1.1, 1 of 2");
  }

  @Test
  void whatAskedForNobodyIsAnsweredAtOnce() {
    takenOver("none", 0, 1);
    takenOver("one", 1, 2);
    Leader leader = lead();
    enters(leader, 1, 1);
    assertThat(repeat(leader, "none", 10).told).containsExactly("CONFIRMED 1.1, 1 of 0");
    assertThat(repeat(leader, "one", 10).told).containsExactly("CONFIRMED 1.2, 1 of 1");
  }

  /** More than are looked at in one turn, and all of them before the one that can be deleted. */
  @Test
  void endedValuesWhoseQuorumCannotBeHadDoNotKeepOthersFromBeingDeleted() {
    int stuck = 1_500;
    for (int i = 1; i <= stuck; i++) {
      ended("a" + i, 3, i);
    }
    ended("z", 1, stuck + 1);
    Leader leader = lead();
    enters(leader, 0, 1);
    leader.deleteEnded(nowNanos);
    leader.deleteEnded(nowNanos);
    assertThat(isDeleted("z")).isTrue();
    assertThat(leader.lastVersion()).isEqualTo(base + 1);
    assertThat(isDeleted("a1")).isFalse();
    enters(leader, 1, 1);
    enters(leader, 2, 1);
    leader.deleteEnded(nowNanos);
    leader.deleteEnded(nowNanos);
    assertThat(leader.lastVersion()).isGreaterThan(base + 1);
  }

  @Test
  void refusalSaysWhetherTooManyWritesWaitOrUnconfirmedOnesTakeTooMuch() {
    Leader leader = lead();
    enters(leader, 0, 1);
    for (String key : List.of("a", "b", "c")) {
      assertThat(put(leader, key, 900).told).isEmpty();
    }
    assertThat(put(leader, "d", 900).reason)
        .isEqualTo("3 writes wait for their quorum, as many as may");
    passMillis(leader, 1);
    assertThat(put(leader, "d", 2_000).told).isEmpty();
    assertThat(put(leader, "e", 1).told).containsExactly("TOO_MANY_WAITING");
    assertThat(put(leader, "e", 1).reason)
        .startsWith("unconfirmed writes take ")
        .endsWith(" bytes of 4000");
  }

  @Test
  void repeatsThatWaitForFollowersAreLimitedAsWritesAre() {
    takenOver("all", 3, 1);
    takenOver("one", 1, 2);
    Leader leader = lead();
    enters(leader, 1, 1);
    for (int i = 0; i < WAITING; i++) {
      assertThat(repeat(leader, "all", 10).told).isEmpty();
    }
    assertThat(repeat(leader, "all", 10).told).containsExactly("TOO_MANY_WAITING");
    assertThat(repeat(leader, "one", 10).told).containsExactly("CONFIRMED 1.2, 1 of 1");
    passMillis(leader, 10);
    assertThat(repeat(leader, "all", 10).told).isEmpty();
  }
}
