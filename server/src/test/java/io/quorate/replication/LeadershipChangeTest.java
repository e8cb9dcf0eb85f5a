package io.quorate.replication;

import static io.quorate.replication.ThreeNodes.TIMEOUT_NANOS;
import static io.quorate.replication.ThreeNodes.holds;
import static io.quorate.replication.ThreeNodes.join;
import static io.quorate.replication.ThreeNodes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.core.Entry;
import io.quorate.core.GrantRequest;
import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Report;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is shown and answered in the moment in which another node begins to lead. */
final class LeadershipChangeTest {

  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  @RegisterExtension
  private final ThreeNodes nodes = new ThreeNodes(new Settings(2, 0, 0, TIMEOUT_NANOS));

  private final LoopbackNode first = nodes.first;
  private final LoopbackNode second = nodes.second;
  private final LoopbackNode third = nodes.third;

  @Test
  void promotedNodeShowsThatItServesWhenItAnswers() {
    boolean serves =
        join(second.shown().promote(false, TIMEOUT_NANOS).thenApply(done -> second.serves()));
    assertThat(serves).isTrue();
  }

  @Test
  void oldLeaderNamesTheNewOneWhenItAnswersThatItHandedOver() {
    Replica shown =
        join(first.leader().switchOver("second", TIMEOUT_NANOS).thenApply(done -> first.shown()));
    assertThat(shown).isInstanceOf(FollowerReplica.class);
    await().until(second::serves);
    String named =
        join(
            second
                .leader()
                .switchOver("first", TIMEOUT_NANOS)
                .thenApply(
                    done -> ((FollowerReplica) second.shown()).leaderUrl().orElse("nobody")));
    assertThat(named).isEqualTo(first.url());
  }

  @Test
  void switchoverToAFollowerThatDoesNotAnswerNamesItAndWhatIsWrongWithIt() {
    third.cutOff();
    await().until(() -> problemOf("third") != null);
    Transition refused = join(first.leader().switchOver(third.url(), SHORT_NANOS));
    assertThat(refused).isInstanceOf(Transition.Refused.class);
    assertThat(((Transition.Refused) refused).reason())
        .startsWith("third: ")
        .contains("it is not connected and is out of reach: ")
        .doesNotContain("\n");
  }

  @Test
  void switchoverToTheLeaderItselfOrToNobodyKnownSaysWhatIsTaken() {
    for (String itself : List.of("first", first.url())) {
      assertThat(unknown(itself)).startsWith("this node leads already; ");
    }
    for (String nobody : List.of("fourth", first.url() + "/", "second,third", "Second")) {
      assertThat(unknown(nobody))
          .isEqualTo("no follower is called so; to takes the id or the URL of second or third");
    }
    put(first, "k", "v");
  }

  /**
   * Of a key that was taken over from an earlier epoch, the store of a node that does not lead
   * shows nothing confirmed; of one that the next leader writes, the old value. It is another node
   * that confirmed it: what a node confirmed itself its store goes on to show.
   */
  @Test
  void leadershipThatHasEndedAnswersNoConfirmedReadFromAnotherThread() throws Exception {
    handOver(first, second);
    put(second, "k", "old");
    handOver(second, first);
    Reader reader = new Reader(first.leader());
    reader.start();
    await().until(() -> reader.answered > 0);
    handOver(first, second);
    put(second, "k", "new");
    reader.isOverwritten = true;
    reader.isEnough = true;
    reader.join();
    assertThat(reader.wrong).isEmpty();
    assertThat(reader.leader.obstacle()).contains("this node does not lead any more");
    assertThat(reader.leader.confirmedReadObstacle()).isEqualTo("this node does not lead any more");
  }

  private static void handOver(LoopbackNode from, LoopbackNode to) {
    assertThat(join(from.leader().switchOver(to.id(), TIMEOUT_NANOS)))
        .isInstanceOf(Transition.Moved.class);
    await().until(() -> to.serves() && to.leader().unready().isEmpty());
  }

  /** Reads as a client's request does on a loop of its own, over and over. */
  private static final class Reader extends Thread {
    private final LeaderReplica leader;
    private final Set<String> wrong = ConcurrentHashMap.newKeySet();
    private volatile int answered;

    /** Whether a newer value was confirmed elsewhere. */
    private volatile boolean isOverwritten;

    private volatile boolean isEnough;

    Reader(LeaderReplica leader) {
      this.leader = leader;
    }

    @Override
    public void run() {
      boolean last;
      do {
        last = isEnough;
        read();
      } while (!last);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void read() {
      boolean overwritten = isOverwritten;
      Entry entry = leader.store().confirmed(Key.of("k"));
      if (leader.confirmedReadObstacle() == null) {
        answered++;
        if (entry == null) {
          wrong.add("nothing");
        } else if (overwritten) {
          wrong.add("a value that was overwritten before: " + entry.token());
        }
      }
    }
  }

  @Test
  void readersAreRefusedBeforeTheStoreCeasesToShowWhatWasConfirmed() {
    handOver(first, second);
    put(second, "k", "v");
    handOver(second, first);
    LeaderReplica old = first.leader();
    CompletableFuture<Boolean> refusedInTime = new CompletableFuture<>();
    first.whenShown(
        next -> {
          Entry entry = old.store().confirmed(Key.of("k"));
          refusedInTime.complete(entry != null && old.confirmedReadObstacle() != null);
        });
    handOver(first, second);
    assertThat(join(refusedInTime)).isTrue();
    assertThat(old.store().confirmed(Key.of("k"))).isNull();
  }

  @Test
  void readersAreRefusedBeforeAGrantIsAnswered() {
    LeaderReplica old = first.leader();
    LiveNode live = first.live();
    GrantRequest request =
        new GrantRequest(new Leadership(100, 7), Leadership.NONE, true, live.leastQuorum(), 0);
    CompletableFuture<Boolean> refusedInTime = new CompletableFuture<>();
    Consumer<Report> answered =
        report ->
            refusedInTime.complete(
                report.verdict() == Report.Verdict.ACCEPTED && old.confirmedReadObstacle() != null);
    join(
        live.onLoop(
            () -> {
              assertThat(old.confirmedReadObstacle()).isNull();
              live.core().onGrant(request, answered, System.nanoTime());
              return true;
            }));
    assertThat(join(refusedInTime)).isTrue();
  }

  @Test
  void nodeThatStopsAnswersNoConfirmedRead() {
    put(first, "k", "v");
    LeaderReplica stopped = first.leader();
    join(first.live().stop());
    assertThat(stopped.confirmedReadObstacle()).isEqualTo("this node is stopping");
  }

  private String unknown(String to) {
    Transition refused = join(first.leader().switchOver(to, TIMEOUT_NANOS));
    assertThat(refused).isInstanceOf(Transition.UnknownTarget.class);
    return ((Transition.UnknownTarget) refused).reason();
  }

  @Test
  void switchoverThatWaitsForAWriteSaysSo() {
    third.cutOff();
    ThreeNodes.Told told = new ThreeNodes.Told();
    LeaderReplica leader = first.leader();
    leader.write(ThreeNodes.request("k", "v", 2, told));
    await().until(() -> holds(second, "k", "v"));
    Transition refused = join(leader.switchOver("second", SHORT_NANOS));
    assertThat(((Transition.Refused) refused).reason())
        .startsWith("second: ")
        .endsWith("; it is level, and write 1.1 waits for its quorum");
  }

  private @Nullable String problemOf(String follower) {
    return Objects.requireNonNull(first.status().followers()).stream()
        .filter(one -> one.id().equals(follower))
        .findFirst()
        .orElseThrow()
        .problem();
  }

  @Test
  void settingsOfALeadershipThatHasEndedAreNotChanged() {
    LeaderReplica old = first.leader();
    Settings before = old.settings();
    Settings slower = new Settings(1, 0, 1_000_000, TIMEOUT_NANOS);
    join(old.switchOver("second", TIMEOUT_NANOS));
    assertThat(join(old.change(before, slower))).isEqualTo(LeaderReplica.Change.NOT_LEADING);
    assertThat(old.settings()).isEqualTo(before);
    await().until(second::serves);
    Settings now = second.leader().settings();
    assertThat(join(second.leader().change(slower, now)))
        .isEqualTo(LeaderReplica.Change.OTHERS_IN_FORCE);
    assertThat(join(second.leader().change(now, slower))).isEqualTo(LeaderReplica.Change.MADE);
    assertThat(second.status().maxDelayNanos()).isEqualTo(1_000_000);
  }

  @Test
  void convergenceCheckThatWaitsEndsWhenAnotherNodeLeads() {
    third.cutOff();
    put(first, "k", "v", 1);
    CompletionStage<Convergence> asked = first.leader().convergence(TimeUnit.HOURS.toNanos(1));
    assertThat(join(second.shown().promote(false, TIMEOUT_NANOS)))
        .isInstanceOf(Transition.Done.class);
    Convergence found = join(asked);
    assertThat(found.converged()).isNull();
    assertThat(found.reason()).isEqualTo("the leadership of epoch 1 has ended");
  }

  @Test
  void convergenceCheckOfAnEarlierLeadershipSaysNothingOfALaterOne() {
    LeaderReplica earlier = first.leader();
    assertThat(join(earlier.convergence(TIMEOUT_NANOS)).converged()).isTrue();
    join(earlier.switchOver("second", TIMEOUT_NANOS));
    await().until(second::serves);
    join(second.leader().switchOver("first", TIMEOUT_NANOS));
    await().until(first::serves);
    assertThat(join(earlier.convergence(TIMEOUT_NANOS)).converged()).isNull();
    Convergence later = join(first.leader().convergence(TIMEOUT_NANOS));
    assertThat(later.converged()).isTrue();
    assertThat(later.epoch()).isEqualTo(3);
  }
}
