package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FollowerProgressTest {

  private final FollowerProgress follower = new FollowerProgress(0, "f0", 10);

  @Test
  void newLifeStartsFromNothingAndTheOneBeforeIsLeft() {
    Life first = new Life(1, 1);
    follower.enterLife(first);
    follower.acknowledged.addThrough(20);
    follower.next = 25;
    assertThat(follower.inFlight()).isEqualTo(4);
    assertThat(follower.hasLeft(first)).isFalse();

    Life second = new Life(1, 2);
    follower.enterLife(second);
    assertThat(follower.hasLeft(first)).isTrue();
    assertThat(follower.hasLeft(second)).isFalse();
    assertThat(follower.acknowledged.through()).isZero();
    assertThat(follower.next).isOne();
    assertThat(follower.inFlight()).isZero();
  }

  @Test
  void remembersTheLivesLeftLastWithinALimit() {
    for (long boot = 0; boot <= 200; boot++) {
      follower.enterLife(new Life(7, boot));
    }
    assertThat(follower.hasLeft(new Life(7, 199))).isTrue();
    assertThat(follower.hasLeft(new Life(7, 150))).isTrue();
    assertThat(follower.hasLeft(new Life(7, 0))).isFalse();
  }

  @Test
  void acknowledgedBeyondWhatIsHandedOverIsNotTakenOffTheWindow() {
    follower.enterLife(new Life(1, 1));
    follower.acknowledged.add(8);
    follower.acknowledged.add(9);
    follower.next = 5;
    assertThat(follower.inFlight()).isEqualTo(4);
    follower.acknowledged.add(2);
    assertThat(follower.inFlight()).isEqualTo(3);
  }

  @Test
  void silenceBeginsAfterTheTimeout() {
    follower.heardAt(100);
    assertThat(follower.isSilent(140, 40)).isFalse();
    assertThat(follower.isSilent(141, 40)).isTrue();
  }
}
