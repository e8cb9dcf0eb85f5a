package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkloadTest {
  @Test
  void noTwoWritesCarryTheSameValue() {
    Workload workload = Workload.uniform(7, 100, Workload.LEAST_VALUE_BYTES);
    Set<String> values = new HashSet<>();
    for (int number = 0; number < 1_000; number++) {
      values.add(Arrays.toString(workload.value(number)));
    }
    assertThat(values).hasSize(1_000);
  }

  @Test
  void theSeedDrawsKeysAndValuesAgain() {
    Workload one = Workload.uniform(7, 100, 64);
    Workload again = Workload.uniform(7, 100, 64);
    Workload other = Workload.uniform(8, 100, 64);
    assertThat(one.value(12)).isEqualTo(again.value(12)).isNotEqualTo(other.value(12)).hasSize(64);
    assertThat(one.key(12)).isEqualTo(again.key(12));
  }

  @Test
  void everyKeyIsWrittenToAboutAsOften() {
    Workload workload = Workload.uniform(3, 10, 64);
    int[] writes = new int[10];
    for (int number = 0; number < 10_000; number++) {
      writes[workload.key(number)]++;
    }
    assertThat(Arrays.stream(writes)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void aValueNamesItsWrite() {
    Workload workload = Workload.uniform(3, 10, 64);
    assertThat(Workload.numberIn(workload.value(77))).isEqualTo(77);
    assertThat(Workload.numberIn(new byte[3])).isEqualTo(Workload.NO_NUMBER);
  }

  @Test
  void lengthsFillTheirRangeAndNothingElse() {
    Workload workload = new Workload(5, KeyChoice.uniform(10), 16, 19, 0);
    int[] lengths = new int[20];
    for (int number = 0; number < 4_000; number++) {
      lengths[workload.value(number).length]++;
    }
    assertThat(Arrays.stream(lengths, 16, 20)).allMatch(count -> count > 850 && count < 1_150);
    assertThat(Arrays.stream(lengths, 0, 16).sum()).isZero();
  }

  @Test
  void theFirstWritesGoToEveryKeyOnce() {
    Workload workload = new Workload(5, KeyChoice.zipfian(50, 0.99), 16, 16, 50);
    for (int number = 0; number < 50; number++) {
      assertThat(workload.key(number)).isEqualTo(number);
    }
    assertThat(workload.key(50)).isBetween(0, 49);
  }

  @Test
  void namesOfKeysHaveAtLeastFourDigits() {
    assertThat(Workload.keyName(7)).isEqualTo("key-0007");
    assertThat(Workload.keyName(99_999)).isEqualTo("key-99999");
  }
}
