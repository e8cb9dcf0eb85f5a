package io.quorate.core;

import static io.quorate.core.Writes.mutation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is written together is in a snapshot together, and a snapshot counts when it is complete.
 */
final class SnapshotAsAWholeTest {

  private static final Leadership FIRST = new Leadership(1, 11);
  private static final Leadership LATER = new Leadership(3, 22);
  private static final Reign LED = new Reign(FIRST, 0, false, false, List.of());
  private static final Key A = Key.of("a");
  private static final Key B = Key.of("b");

  private final NodeState state = new NodeState(1 << 20);

  private void holdOne() {
    holdOne(state);
  }

  private static void holdOne(NodeState node) {
    node.grant(FIRST);
    node.enter(LED);
    node.apply(mutation("a", "before", 1, 1));
  }

  /** All that it has still to show. */
  private static List<Mutation> rest(SnapshotReader reader) {
    List<Mutation> shown = new ArrayList<>();
    SnapshotChunk next;
    do {
      next = reader.nextChunk(new Life(1, 1));
      shown.addAll(next.mutations());
    } while (!next.last());
    return shown;
  }

  private long versionOf(Key key) {
    Entry held = state.store().newest(key);
    return held == null ? 0 : held.version();
  }

  @Test
  void aDifferenceIsThereWithItsLastChunk() {
    holdOne();
    state.begin(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    state.show(mutation("a", "after", 1, 2));
    state.takeChunk(0);
    assertThat(versionOf(A)).isEqualTo(1);
    assertThat(state.head().lastVersion()).isEqualTo(1);
    assertThat(state.store().isPartial()).isFalse();
    state.show(mutation("b", "after", 1, 3));
    state.completeInstall();
    assertThat(versionOf(A)).isEqualTo(2);
    assertThat(versionOf(B)).isEqualTo(3);
    assertThat(state.appliedVersion()).isEqualTo(3);
  }

  @Test
  void aDifferenceThatIsNeverCompleteLeavesNothing() {
    holdOne();
    state.begin(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    state.show(mutation("a", "after", 1, 2));
    state.grant(LATER);
    assertThat(state.isInstalling()).isFalse();
    assertThat(versionOf(A)).isEqualTo(1);
    assertThat(state.head().lastVersion()).isEqualTo(1);
    assertThat(state.isWhole()).isTrue();
  }

  @Test
  void oneThatIsNewerBesideADifferenceStays() {
    holdOne();
    state.begin(new SnapshotHead(FIRST, 1, 2, 1, 0, LED));
    state.show(mutation("a", "shown", 1, 2));
    state.apply(mutation("a", "beside", 1, 3));
    state.completeInstall();
    assertThat(versionOf(A)).isEqualTo(3);
  }

  @Test
  void whatAWholeOneShowsStaysThoughItIsAppliedBesideAfterwards() {
    holdOne();
    state.begin(new SnapshotHead(FIRST, 1, 3, 0, 0, LED));
    state.show(mutation("b", "shown", 1, 3));
    state.apply(mutation("b", "shown", 1, 3));
    state.completeInstall();
    assertThat(versionOf(B)).isEqualTo(3);
    assertThat(state.store().newest(A)).as("not shown").isNull();
  }

  @Test
  void aWholeOneThatIsNeverCompleteLeavesNothingWhereNothingWas() {
    state.grant(FIRST);
    state.begin(new SnapshotHead(FIRST, 1, 3, 0, 0, LED));
    state.show(mutation("a", "shown", 1, 2));
    assertThat(state.store().isPartial()).isTrue();
    assertThat(state.isWhole()).isFalse();
    state.grant(LATER);
    assertThat(state.store().newest(A)).isNull();
    assertThat(state.store().isPartial()).isFalse();
    assertThat(state.isWhole()).isTrue();
    assertThat(state.isEmpty()).isTrue();
    assertThat(state.store().keys()).isZero();
  }

  @Test
  void oneThatArrivesComesToNothingWhenItsLeadershipIsEnteredAtOnce() {
    state.grant(FIRST);
    state.begin(new SnapshotHead(FIRST, 1, 3, 0, 0, LED));
    state.enter(LED);
    assertThat(state.isInstalling()).isFalse();
    assertThat(state.store().isPartial()).isFalse();
    assertThat(state.isWhole()).isTrue();
  }

  @Test
  void oneOfNoMoreThanIsAppliedIsLateAndNotTaken() {
    Life life = new Life(1, 1);
    Follower follower = new Follower(life, state, 1, 0, 0, 0);
    holdOne();
    state.apply(mutation("a", null, 1, 2));
    state.collect(2);
    var old = new SnapshotHead(FIRST, 1, 1, 0, 0, LED);
    var chunk = new SnapshotChunk(old, life, 0, true, List.of(mutation("a", "before", 1, 1)));
    assertThat(follower.onSnapshot(chunk, 0).verdict()).isEqualTo(Report.Verdict.OTHER_SNAPSHOT);
    assertThat(state.store().newest(A)).as("deleted, and forgotten").isNull();
    assertThat(state.isInstalling()).isFalse();
  }

  @Test
  void whatIsWrittenTogetherWhileItIsReadIsReadOnceMore() {
    holdOne();
    state.apply(mutation("b", "before", 1, 2));
    var reader = new SnapshotReader(state, new SnapshotHead(FIRST, 1, 2, 0, 0, LED), 1);
    List<Mutation> shown = new ArrayList<>(reader.nextChunk(new Life(1, 1)).mutations());
    assertThat(shown).as("in the first chunk").hasSize(1);
    give(List.of(mutation("a", "x", 1, 3), mutation("b", "x", 1, 4)), reader);
    shown.addAll(rest(reader));
    assertThat(shown).extracting(Mutation::version).contains(3L, 4L);
    assertThat(shown).extracting(Mutation::key).filteredOn(shown.get(0).key()::equals).hasSize(2);
  }

  /** Of each key what the store holds was shown in the end, or before. */
  @Test
  void whatIsWrittenInBatchesMeanwhileIsReadInRounds() {
    holdOne();
    var reader = new SnapshotReader(state, new SnapshotHead(FIRST, 1, 1, 0, 0, LED), 1 << 16);
    Map<Key, Long> shown = new HashMap<>();
    for (int batch = 0; batch < 12; batch++) {
      give(batch(batch), reader);
    }
    SnapshotChunk next;
    int chunks = 0;
    do {
      next = reader.nextChunk(new Life(1, 1));
      next.mutations().forEach(each -> shown.merge(each.key(), each.version(), Math::max));
      assertThat(next.mutations().size()).as("of one chunk").isLessThan(2_000);
      if (chunks++ == 3) {
        give(List.of(mutation("key11999", "x", 1, 12_002), mutation("a", "x", 1, 12_003)), reader);
      }
    } while (!next.last());
    assertThat(shown).hasSize(12_001);
    shown.forEach((key, version) -> assertThat(version).as("%s", key).isEqualTo(versionOf(key)));
  }

  private void give(List<Mutation> write, SnapshotReader reader) {
    state.give(write, 1);
    reader.given(write);
  }

  @Test
  void aReceiptIsShownWithItsWriteAndAWriteWithItsReceipt() {
    holdOne();
    state.apply(mutation("b", "before", 1, 2));
    var reader = new SnapshotReader(state, new SnapshotHead(FIRST, 1, 2, 0, 0, LED), 1);
    Key passed = reader.nextChunk(new Life(1, 1)).mutations().get(0).key();
    Mutation marked = marked(passed, 3);
    give(List.of(marked), reader);
    List<Mutation> shown = rest(reader);
    assertThat(shown).extracting(Mutation::version).endsWith(3L, 3L);
    assertThat(shown.get(2).attributes().receipt()).isEqualTo(marked.attributes().receipt());
  }

  private static Mutation marked(Key key, long version) {
    var receipt = new Receipt("once", new Receipt.Payload(1, 2), 1, 0);
    var attributes = new Attributes(1, 0, false, 0, receipt, false);
    return new Mutation(key, new byte[0], 1, version, attributes);
  }

  @Test
  void moreThanMayBeStagedGoesInPlaceAndTheNodeCountsAgainWhenItIsComplete() {
    NodeState small = new NodeState(1);
    holdOne(small);
    small.begin(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    small.show(mutation("a", "after", 1, 2));
    assertThat(small.store().isPartial()).isTrue();
    assertThat(small.isWhole()).isFalse();
    assertThat(small.head().lastVersion()).isEqualTo(2);
    small.show(mutation("b", "after", 1, 3));
    small.completeInstall();
    assertThat(small.store().isPartial()).isFalse();
    assertThat(small.isWhole()).isTrue();
    assertThat(small.store().keys()).isEqualTo(2);
  }

  @Test
  void oneInPlaceThatIsOvertakenByAppendsIsGivenUp() {
    NodeState small = new NodeState(1);
    holdOne(small);
    small.begin(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    small.show(mutation("a", "after", 1, 4));
    small.apply(mutation("b", "beside", 1, 2));
    small.apply(mutation("b", "beside", 1, 3));
    assertThat(small.isInstalling()).as("lacks what may be written with what it has").isTrue();
    small.apply(mutation("a", "after", 1, 4));
    assertThat(small.isInstalling()).isFalse();
    assertThat(small.isWhole()).isTrue();
    assertThat(small.store().isPartial()).isFalse();
  }

  /** One that entered a leadership with nothing was being filled when its leader went away. */
  @Test
  void whatOneInPlaceHasLeftGoesWhereACandidateTakesOverThatOfTheSameLeadership() {
    state.grant(FIRST);
    state.enter(LED);
    state.begin(new SnapshotHead(FIRST, 1, 1, 0, 0, LED));
    state.show(marked(B, 5));
    state.apply(mutation("a", "cut", 1, 4));
    state.grant(LATER);
    assertThat(versionOf(B)).as("all there is, should nobody else have more").isEqualTo(5);
    assertThat(state.isWhole()).isFalse();
    state.begin(new SnapshotHead(FIRST, 1, 3, 0, 0, LED));
    state.show(mutation("a", "of another", 1, 3));
    state.completeInstall();
    assertThat(versionOf(A)).isEqualTo(3);
    assertThat(versionOf(B)).isZero();
    assertThat(state.store().receiptsNow()).isEmpty();
    assertThat(state.appliedVersion()).isEqualTo(3);
    assertThat(state.head().appliedAbove().size()).isZero();
    assertThat(state.head().lastVersion()).isEqualTo(3);
    assertThat(state.reign().leadership()).isEqualTo(FIRST);
    assertThat(state.isWhole()).isFalse();
  }

  /** It held one, a difference went in place, and another leadership was granted. */
  private static NodeState onceLost(Reign entered) {
    NodeState small = new NodeState(1);
    small.grant(FIRST);
    small.enter(entered);
    small.apply(mutation("a", "before", 1, 1));
    small.begin(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    small.show(mutation("b", "cut", 1, 3));
    small.grant(LATER);
    return small;
  }

  @Test
  void whatADifferenceInPlaceHasLeftGoesInTheSameWay() {
    NodeState small = onceLost(LED);
    small.begin(new SnapshotHead(FIRST, 1, 1, 0, 0, LED));
    small.show(mutation("a", "before", 1, 1));
    small.completeInstall();
    assertThat(small.store().newest(B)).isNull();
    assertThat(small.appliedVersion()).isEqualTo(1);
  }

  /** What others hold above the furthest state is merged into it, and replaces nothing. */
  @Test
  void whatIsMergedAfterwardsStaysBesideIt() {
    NodeState small = onceLost(LED);
    small.begin(new SnapshotHead(FIRST, 1, 0, 0, 0, LED));
    small.show(mutation("a", "furthest", 1, 2));
    small.completeInstall();
    small.begin(new SnapshotHead(FIRST, 2, 0, 0, 0, LED));
    small.show(mutation("b", "merged", 1, 3));
    small.completeInstall();
    assertThat(small.store().keys()).isEqualTo(2);
  }

  @Test
  void aNodeWhoseReignIsLostIsNoPartOfAnyLeadership() {
    NodeState small = onceLost(LED);
    assertThat(small.reign().isAbandoned()).isTrue();
    assertThat(small.reign().leadership().epoch()).isEqualTo(1);
    assertThat(small.appliedVersion()).isZero();
    assertThat(small.isBlank()).isFalse();
    assertThat(small.isEmpty()).isFalse();
    assertThat(small.history().holdsAllAfter(1)).isFalse();
  }

  @Test
  void theHistoryGoesOnWhereOneOverNothingCameToNothing() {
    state.grant(FIRST);
    state.begin(new SnapshotHead(FIRST, 1, 1_000, 0, 0, LED));
    state.show(mutation("a", "shown", 1, 1_000));
    state.grant(LATER);
    state.enter(new Reign(LATER, 990, false, false, List.of()));
    state.apply(mutation("a", "later", 3, 991));
    assertThat(state.history().holdsAllAfter(990)).isTrue();
    assertThat(versionOf(A)).isEqualTo(991);
  }

  @Test
  void whatTheDiskHasKeptOfOneThatCameToNothingLeavesNothing() {
    Replay kept = keptOfADifference(state);
    kept.chunkTaken(0);
    kept.granted(LATER);
    state.attach(Disk.NONE);
    assertThat(state.isInstalling()).isFalse();
    assertThat(versionOf(A)).isEqualTo(1);
    assertThat(state.head().lastVersion()).isEqualTo(1);
  }

  @Test
  void whetherOneWentInPlaceIsWhatTheDiskHasKeptWhateverMayBeStagedNow() {
    NodeState small = new NodeState(1);
    keptOfADifference(small).granted(LATER);
    assertThat(small.isWhole()).isTrue();
    assertThat(small.reign()).isEqualTo(LED);
    Replay kept = keptOfADifference(state);
    kept.wentInPlace();
    kept.granted(LATER);
    assertThat(state.isWhole()).isFalse();
    assertThat(state.reign().isAbandoned()).isTrue();
    assertThat(versionOf(A)).isEqualTo(2);
  }

  private static Replay keptOfADifference(NodeState node) {
    Replay kept = node.replay();
    kept.granted(FIRST);
    kept.entered(LED);
    kept.stored(mutation("a", "before", 1, 1));
    kept.installBegun(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    kept.shown(mutation("a", "after", 1, 2));
    return kept;
  }

  /** It asks to lead again after a restart, though it lost its state meanwhile. */
  @Test
  void whoLedStaysKnownThroughALoss() {
    NodeState small = onceLost(new Reign(FIRST, 0, true, false, List.of()));
    assertThat(small.reign().own()).isTrue();
    small.begin(new SnapshotHead(FIRST, 1, 3, 0, 0, LED));
    small.completeInstall();
    assertThat(small.reign()).isEqualTo(new Reign(FIRST, 0, true, false, List.of()));
  }

  /** Attempt 1 goes in place, 2 takes over as a difference, and appends overtake both. */
  @Test
  void allThatWasShownIsThereWhenAppendsOvertakeTheNextOne() {
    NodeState small = new NodeState(100);
    holdOne(small);
    small.begin(new SnapshotHead(FIRST, 1, 3, 1, 0, LED));
    small.show(mutation("b", "x".repeat(200), 1, 2));
    small.begin(new SnapshotHead(FIRST, 2, 3, 1, 0, LED));
    assertThat(small.isWhole()).isFalse();
    small.apply(mutation("b", "x".repeat(200), 1, 2));
    small.apply(mutation("a", "after", 1, 3));
    assertThat(small.isInstalling()).isFalse();
    assertThat(small.isWhole()).isTrue();
  }

  @Test
  void whoWatchesIsNotToldOnWhereALeadershipIsForcedUponALoss() {
    NodeState small = new NodeState(1);
    holdOne(small);
    Leadership second = new Leadership(2, 20);
    small.grant(second);
    small.begin(new SnapshotHead(second, 1, 9, 0, 0, LED));
    small.show(mutation("b", "cut", 2, 8));
    small.grant(LATER);
    small.enter(new Reign(LATER, 9, true, true, List.of()));
    assertThat(small.history().reachesBackTo(new Token(2, 7))).isFalse();
    assertThat(small.history().reachesBackTo(new Token(3, 9))).isTrue();
  }

  @Test
  void anInterruptedOneIsLeftWhenTooMuchIsToBeReadOnceMore() {
    holdOne();
    FollowerProgress follower = new FollowerProgress(0, "f0", 10);
    var head = new SnapshotHead(FIRST, 1, 1, 0, 0, LED);
    follower.interrupted = new SnapshotReader(state, head, 1);
    for (int batch = 0; batch < 100; batch++) {
      follower.given(batch(batch));
    }
    assertThat(follower.interrupted).isNotNull();
    follower.given(batch(100));
    assertThat(follower.interrupted).isNull();
  }

  private static List<Mutation> batch(int number) {
    List<Mutation> batch = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      batch.add(mutation("key" + (1_000 * number + i), "x", 1, 2 + 1_000 * number + i));
    }
    return batch;
  }
}
