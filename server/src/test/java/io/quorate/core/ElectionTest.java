package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ElectionTest {

  private final List<FollowerProgress> followers =
      Stream.of("f1:80", "f2:80", "f3:80").map(name -> new FollowerProgress(0, name, 1)).toList();
  private final Election election = new Election(followers, 77, 2);

  private static Report report(long epoch, long lastVersion) {
    return new Report(
        Report.Verdict.ACCEPTED,
        new Life(1, 2),
        new Leadership(epoch, epoch),
        lastVersion,
        lastVersion,
        new VersionRanges());
  }

  @Test
  void waitsForTheStartQuorum() {
    followers.get(0).standing = report(0, 0);
    assertThat(election.tryWin()).isFalse();
    assertThat(election.isWon()).isFalse();
    assertThat(election.leadership()).isEqualTo(Leadership.NONE);
    assertThat(election.obstacle()).contains("1 followers have answered, and 2 must");
    followers.get(2).standing = report(0, 0);
    assertThat(election.tryWin()).isTrue();
    assertThat(election.leadership()).isEqualTo(new Leadership(1, 77));
  }

  @Test
  void takesAnEpochAboveAllThatAreReported() {
    followers.get(0).standing = report(4, 0);
    followers.get(1).standing = report(9, 0);
    assertThat(election.tryWin()).isTrue();
    assertThat(election.leadership().epoch()).isEqualTo(10);
    assertThat(followers.get(0).standing).isNull();
  }

  @Test
  void refusesToLeadWhileAFollowerHoldsDataAndNamesIt() {
    followers.get(0).standing = report(0, 0);
    followers.get(1).standing = report(5, 12);
    followers.get(2).standing = report(0, 0);
    assertThat(election.tryWin()).isFalse();
    assertThat(election.obstacle()).contains("f2:80 holds mutations through 5.12");
    followers.get(1).standing = report(0, 0);
    assertThat(election.tryWin()).isTrue();
  }

  @Test
  void needsOneAnswerAtLeastWhereThereAreFollowersAndNoneWhereThereAreNot() {
    Election eager = new Election(followers, 1, 0);
    assertThat(eager.tryWin()).isFalse();
    followers.get(1).standing = report(0, 0);
    assertThat(eager.tryWin()).isTrue();
    assertThat(new Election(List.of(), 1, 3).tryWin()).isTrue();
  }
}
