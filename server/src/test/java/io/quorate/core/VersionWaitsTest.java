package io.quorate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which waiting readers are told what, and which are looked at. */
final class VersionWaitsTest {

  private final VersionWaits waits = new VersionWaits(4);
  private final List<String> told = new ArrayList<>();

  private VersionWaits.Waiting waits(long epoch, long version, long deadlineNanos) {
    Token token = new Token(epoch, version);
    return waits.add(token, deadlineNanos, reached -> told.add(token + " " + reached));
  }

  @Test
  void whatIsReachedTellsThoseAtOrBelowItInOrder() {
    waits(1, 9, 100);
    waits(1, 3, 100);
    waits(2, 1, 100);
    waits.reached(new Token(1, 9));
    assertThat(told).containsExactly("1.3 YES", "1.9 YES");
    waits.reached(new Token(1, 10));
    assertThat(told).hasSize(2);
    waits.reached(new Token(3, 0));
    assertThat(told).last().isEqualTo("2.1 YES");
    assertThat(waits.isEmpty()).isTrue();
  }

  @Test
  void oneThatIsThereTellsItsOwnReadersAlone() {
    waits(1, 3, 100);
    waits(1, 4, 100);
    waits(1, 4, 100);
    waits.there(new Token(1, 4));
    assertThat(told).containsExactly("1.4 YES", "1.4 YES");
  }

  @Test
  void deadlinesTellTheEarliestFirstAndOnce() {
    waits(1, 3, 20);
    waits(1, 4, 10);
    waits(1, 5, 30);
    waits.expire(20);
    assertThat(told).containsExactly("1.4 NOT_IN_TIME", "1.3 NOT_IN_TIME");
    waits.reached(new Token(9, 9));
    assertThat(told).hasSize(3);
  }

  @Test
  void oneThatIsCancelledIsToldNothingAndMakesRoom() {
    VersionWaits.Waiting first = waits(1, 3, 10);
    for (int more = 0; more < 3; more++) {
      waits(1, 4, 10);
    }
    assertThat(waits.isFull()).isTrue();
    first.cancel();
    first.cancel();
    assertThat(waits.isFull()).isFalse();
    waits.expire(Long.MAX_VALUE);
    assertThat(told).hasSize(3).doesNotContain("1.3 NOT_IN_TIME");
    first.cancel();
    assertThat(waits.isEmpty()).isTrue();
  }
}
