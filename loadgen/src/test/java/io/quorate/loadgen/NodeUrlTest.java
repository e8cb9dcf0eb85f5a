package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class NodeUrlTest {

  @Test
  void zoneOfAnAddressIsNotToldToAnybodyElse() {
    NodeUrl scoped = Objects.requireNonNull(NodeUrl.parse("http://[fe80::2%eth0]:8080"));
    assertThat(scoped.authority()).isEqualTo("[fe80::2]:8080");
    assertThat(scoped.socketHost()).isEqualTo("fe80::2%eth0");
    assertThat(scoped).hasToString("http://[fe80::2%eth0]:8080");
  }
}
