package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FreePortsTest {

  @Test
  void noPortIsHandedOutTwiceAloneOrAmongTen() {
    Set<Integer> ports = new HashSet<>();
    for (int round = 0; round < 20; round++) {
      assertThat(ports.add(FreePorts.next())).isTrue();
      int first = 10 * Integer.parseInt(FreePorts.decade());
      for (int port = first; port < first + 10; port++) {
        assertThat(ports.add(port)).as("%s", port).isTrue();
      }
    }
  }
}
