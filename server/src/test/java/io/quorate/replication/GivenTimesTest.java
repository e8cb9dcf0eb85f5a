package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GivenTimesTest {

  private static final long TICK = 20;

  private final GivenTimes given = new GivenTimes();

  @Test
  void nobodyIsBehindWhereNothingIsGiven() {
    given.note(0, 0, 5);
    assertThat(given.behindNanos(0, 100)).isZero();
  }

  @Test
  void tellsTheAgeOfTheOldestThatSomebodyLacks() {
    given.note(3, 0, 100);
    given.note(7, 0, 120);
    given.note(7, 0, 140);
    assertThat(given.behindNanos(0, 200)).isEqualTo(100);
    assertThat(given.behindNanos(2, 200)).isEqualTo(100);
    assertThat(given.behindNanos(3, 200)).isEqualTo(80);
    assertThat(given.behindNanos(7, 200)).isZero();
  }

  @Test
  void forgetsWhatEverybodyHas() {
    given.note(3, 0, 100);
    given.note(7, 3, 120);
    assertThat(given.behindNanos(0, 200)).isEqualTo(80);
    given.note(7, 7, 140);
    assertThat(given.behindNanos(0, 200)).isZero();
  }

  @Test
  void staysExactToAFiveHundredthHoweverLong() {
    long ticks = 200_000;
    for (long tick = 1; tick <= ticks; tick++) {
      given.note(tick, 0, tick * TICK);
    }
    long now = ticks * TICK;
    long most = now / 500;
    for (long through = 0; through < ticks; through += 997) {
      long age = now - (through + 1) * TICK;
      assertThat(given.behindNanos(through, now)).isBetween(age - most, age);
    }
    assertThat(given.behindNanos(0, now)).isEqualTo(now - TICK);
  }

  @Test
  void isAsExactAsAtFirstOnceEverybodyIsLevel() {
    for (long tick = 1; tick <= 5_000; tick++) {
      given.note(tick, 0, tick * TICK);
    }
    given.note(5_000, 5_000, 5_001 * TICK);
    given.note(5_001, 5_000, 5_002 * TICK);
    given.note(5_002, 5_000, 5_003 * TICK);
    assertThat(given.behindNanos(5_001, 5_004 * TICK)).isEqualTo(TICK);
  }
}
