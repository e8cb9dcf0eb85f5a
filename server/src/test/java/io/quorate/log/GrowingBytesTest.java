package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GrowingBytesTest {

  private static final int LIMIT = 3_000_000;

  @Test
  void throughItsLimitItTakesNoMoreMemoryThanTheLimit() {
    GrowingBytes bytes = new GrowingBytes(16, LIMIT);
    int times = 0;
    while (bytes.size() + 1000 <= LIMIT) {
      int before = bytes.capacityBytes();
      bytes.array(new byte[1000]);
      times += bytes.capacityBytes() > before ? 1 : 0;
      assertThat(bytes.capacityBytes()).isLessThanOrEqualTo(LIMIT);
    }
    assertThat(times).isLessThan(15);
  }

  @Test
  void pastItsLimitItTakesLittleMoreThanItNeeds() {
    GrowingBytes bytes = new GrowingBytes(16, LIMIT);
    int times = 0;
    for (int size = 1000; size <= 2 * LIMIT; size += 1000) {
      int before = bytes.capacityBytes();
      bytes.i32(size).array(new byte[996]);
      times += bytes.capacityBytes() > before ? 1 : 0;
      assertThat(bytes.capacityBytes()).isLessThanOrEqualTo(Math.max(LIMIT, size + 300_000));
    }
    assertThat(times).isLessThan(40);
    for (int size = 1000; size <= 2 * LIMIT; size += 1000) {
      assertThat(bytes.written().getInt(size - 1000)).isEqualTo(size);
    }
  }
}
