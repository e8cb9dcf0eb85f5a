package io.quorate.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplesTest {
  @Test
  void medianOfAnOddNumberIsTheOneInTheMiddleWhateverTheirOrder() {
    assertThat(Samples.of(9, 1, 5, 3, 100).median()).isEqualTo(5);
  }

  @Test
  void medianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Samples.of(4, 1, 100, 2).median()).isEqualTo(3);
  }

  @Test
  void spreadIsFromTheLeastToTheGreatest() {
    Samples samples = Samples.of(2, -7, 11);
    assertThat(samples.least()).isEqualTo(-7);
    assertThat(samples.most()).isEqualTo(11);
  }

  @Test
  void nothingHasNoMedian() {
    assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ratiosAreOfTheSameRound() {
    Rates ours = rates(100, 40, 300);
    Rates theirs = rates(50, 20, 100);
    assertThat(ours.over(theirs).values()).containsExactly(2.0, 2.0, 3.0);
    assertThat(ours.beside(theirs, "writes/s")).isEqualTo("100 / 50 writes/s");
  }

  @Test
  void roundsThatAreNotBesideOneAnotherHaveNoRatio() {
    assertThatThrownBy(() -> rates(1, 2).over(rates(1))).isInstanceOf(IllegalStateException.class);
  }

  private static Rates rates(double... values) {
    Rates rates = new Rates();
    for (double value : values) {
      rates.add(value);
    }
    return rates;
  }
}
