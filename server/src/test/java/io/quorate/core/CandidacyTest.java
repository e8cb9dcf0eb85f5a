package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** When one that wants to lead goes on, and when it leaves everything as it was. */
final class CandidacyTest {

  private static final int LEAST_QUORUM = 1;
  private static final long TIMEOUT_NANOS = 1_000;
  private static final long LEASE_NANOS = 2_000;
  private static final Leadership HELD = new Leadership(1, 11);
  private static final LeaderLimits LIMITS =
      new LeaderLimits(1, 1, 1, 1, 1, 1, 1, 1, 1, 100, 600_000, TIMEOUT_NANOS, 10, 10);

  private final NodeState state = new NodeState(1 << 20);
  private final Follower self =
      new Follower(new Life(1, 1), state, LEAST_QUORUM, LEASE_NANOS, LEASE_NANOS, 0);
  private final SentRequests sent = new SentRequests();

  /** Of three nodes, which need two. */
  private Candidacy candidacy(boolean force) {
    return candidacy(false, force);
  }

  private Candidacy candidacy(boolean automatic, boolean force) {
    state.enter(new Reign(HELD, 0, false, false, List.of()));
    return new Candidacy(
        new CandidacyTerms(automatic, force, 22, true, LEAST_QUORUM, LEASE_NANOS),
        state,
        self,
        new Settling(Disk.NONE),
        List.of("b", "c"),
        LIMITS,
        sent,
        new Numbers(),
        0);
  }

  private static Report report(int peer, Leadership granted, long version, long leaseLeftNanos) {
    return new Report(
        Report.Verdict.ACCEPTED,
        new Life(10 + peer, 1),
        HELD,
        granted,
        version,
        version,
        true,
        false,
        leaseLeftNanos,
        Report.Install.NONE,
        new VersionRanges());
  }

  private void stands(Candidacy candidacy, int peer, long leaseLeftNanos, long nowNanos) {
    candidacy.onHelloReport(
        peer, sent.latest(peer), report(peer, HELD, 5, leaseLeftNanos), nowNanos);
  }

  /** And a leader counts on both for a while. */
  private void bothStandLeased(Candidacy candidacy, long nowNanos) {
    stands(candidacy, 0, 500, nowNanos);
    stands(candidacy, 1, 500, nowNanos);
  }

  @Test
  void grantsItselfNothingWhileALeaderThatDoesNotAnswerCountsOnTooMany() {
    Candidacy candidacy = candidacy(false);
    candidacy.tick(0);
    bothStandLeased(candidacy, 1);
    long patienceNanos = 10 * TIMEOUT_NANOS + LEASE_NANOS + LEASE_NANOS / 20;
    for (long now = 10; now <= patienceNanos; now += 10) {
      askAgain(candidacy, now);
      assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.ASKING);
    }
    candidacy.tick(patienceNanos + 1);
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.LOST);
    assertThat(candidacy.reason()).isEqualTo("a leader that does not answer still counts on b, c");
    assertThat(state.granted()).isEqualTo(HELD);
    assertThat(sent.grants).isZero();
  }

  private void askAgain(Candidacy candidacy, long nowNanos) {
    candidacy.tick(nowNanos);
    bothStandLeased(candidacy, nowNanos);
  }

  @Test
  void oneThatLedLastWaitsAsLongAsItTakesForTheLeasesThatWereGivenToIt() {
    Candidacy candidacy = candidacy(true, false);
    candidacy.tick(0);
    bothStandLeased(candidacy, 1);
    for (long now = 10; now < 50 * TIMEOUT_NANOS; now += 10) {
      askAgain(candidacy, now);
    }
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.ASKING);
    assertThat(candidacy.reason()).isEqualTo("the leases that b, c gave are not over");
  }

  @Test
  void goesOnOverLeasesOfALeaderThatAnswersAndAsksItFirst() {
    Candidacy candidacy = candidacy(false);
    candidacy.tick(0);
    stands(candidacy, 0, 500, 1);
    candidacy.onHelloReport(1, sent.latest(1), report(1, HELD, 5, 0).ofLeader(), 1);
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.GRANTING);
    assertThat(sent.grants).isEqualTo(1);
    assertThat(state.granted()).isEqualTo(HELD);
  }

  @Test
  void leaderThatIsNotTheOneThatCountsOnTheOthersIsOfNoHelp() {
    Candidacy candidacy = candidacy(false);
    candidacy.tick(0);
    Report ofAnother = report(0, new Leadership(4, 44), 5, 500);
    Report lostItsData =
        new Report(
            Report.Verdict.ACCEPTED,
            new Life(11, 1),
            HELD,
            HELD,
            5,
            5,
            false,
            true,
            0,
            Report.Install.NONE,
            new VersionRanges());
    candidacy.onHelloReport(0, sent.latest(0), ofAnother, 1);
    candidacy.onHelloReport(1, sent.latest(1), lostItsData, 1);
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.ASKING);
  }

  @Test
  void goesOnAsSoonAsNobodyCountsOnEnoughOfThem() {
    Candidacy candidacy = candidacy(false);
    candidacy.tick(0);
    bothStandLeased(candidacy, 1);
    candidacy.tick(20);
    stands(candidacy, 0, 0, 20);
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.GRANTING);
    assertThat(state.granted().epoch()).isEqualTo(2);
  }

  @Test
  void byForceItGrantsItselfOverLeases() {
    Candidacy candidacy = candidacy(true);
    candidacy.tick(0);
    bothStandLeased(candidacy, 1);
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.GRANTING);
    assertThat(state.granted().id()).isEqualTo(22);
  }

  @Test
  void losesBeforeItTakesMoreThanItsDiskHasRoomFor() {
    FullDisk disk = new FullDisk();
    state.attach(disk);
    Candidacy candidacy = candidacy(false);
    candidacy.tick(0);
    stands(candidacy, 0, 0, 1);
    stands(candidacy, 1, 0, 1);
    Leadership asked = state.granted();
    candidacy.onGrantReport(0, sent.latest(0), report(0, asked, 5, 0), 2);
    candidacy.onGrantReport(1, sent.latest(1), report(1, asked, 4, 0), 2);
    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.TAKING);
    candidacy.tick(20);
    Mutation mutation = new Mutation(Key.of("key"), new byte[10], 1, 5);
    SnapshotHead head =
        new SnapshotHead(HELD, 1, 5, 0, 0, new Reign(HELD, 0, false, false, List.of()));

    candidacy.onPulled(
        0, sent.latest(0), new SnapshotChunk(head, self.life(), 0, true, List.of(mutation)), 30);

    assertThat(candidacy.stage()).isEqualTo(Candidacy.Stage.LOST);
    assertThat(candidacy.reason()).isEqualTo("this node's disk has no room for what b holds");
    assertThat(state.isInstalling()).isFalse();
    assertThat(state.lastVersion()).isZero();
  }

  private static final class FullDisk extends NoDisk {
    @Override
    public long roomBytes() {
      return 0;
    }
  }

  /** Notes the number of the latest request to each. */
  private static final class SentRequests extends Nowhere {
    private final long[] latest = new long[2];
    private int grants;

    private long latest(int peer) {
      return latest[peer];
    }

    @Override
    public void hello(int follower, long helloNumber, Hello hello) {
      latest[follower] = helloNumber;
    }

    @Override
    public void grant(int follower, long number, GrantRequest request) {
      latest[follower] = number;
      grants++;
    }

    @Override
    public void pull(int follower, long number, Pull pull) {
      latest[follower] = number;
    }
  }
}
