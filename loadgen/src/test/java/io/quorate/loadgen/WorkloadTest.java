package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkloadTest {
  @Test
  void noTwoWritesCarryTheSameValue() {
    Workload workload = new Workload(7, 100, Workload.LEAST_VALUE_BYTES);
    Set<String> values = new HashSet<>();
    for (int number = 0; number < 1_000; number++) {
      values.add(Arrays.toString(workload.value(number)));
    }
    assertThat(values).hasSize(1_000);
  }

  @Test
  void theSeedDrawsKeysAndValuesAgain() {
    Workload one = new Workload(7, 100, 64);
    Workload again = new Workload(7, 100, 64);
    Workload other = new Workload(8, 100, 64);
    assertThat(one.value(12)).isEqualTo(again.value(12)).isNotEqualTo(other.value(12)).hasSize(64);
    assertThat(one.key(12)).isEqualTo(again.key(12));
  }

  @Test
  void everyKeyIsWrittenToAboutAsOften() {
    Workload workload = new Workload(3, 10, 64);
    int[] writes = new int[10];
    for (int number = 0; number < 10_000; number++) {
      writes[workload.key(number)]++;
    }
    assertThat(Arrays.stream(writes)).allMatch(count -> count > 850 && count < 1_150);
  }

  @Test
  void aValueNamesItsWrite() {
    Workload workload = new Workload(3, 10, 64);
    assertThat(Workload.numberIn(workload.value(77))).isEqualTo(77);
    assertThat(Workload.numberIn(new byte[3])).isEqualTo(Workload.NO_NUMBER);
  }
}
