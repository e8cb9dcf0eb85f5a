package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.charts.Sweep;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PassTest {
  @Test
  void roundsGoForwardAndBackwardAndABaselineFollowsItsOwnPass() {
    List<Pass> passes =
        Pass.all(List.of(Sweep.Load.LIGHT, Sweep.Load.LOADED), List.of(1, 3), 2, true);
    assertThat(passes.stream().map(pass -> pass.round() + " " + pass.label()))
        .containsExactly(
            "1 w=1 light",
            "1 w=1 light no lag",
            "1 w=1 loaded",
            "1 w=3 light",
            "1 w=3 light no lag",
            "1 w=3 loaded",
            "2 w=3 light",
            "2 w=3 light no lag",
            "2 w=3 loaded",
            "2 w=1 light",
            "2 w=1 light no lag",
            "2 w=1 loaded");
  }

  @Test
  void withoutABaselineThereIsNoPassWithoutLag() {
    assertThat(Pass.all(List.of(Sweep.Load.OPEN), List.of(1, 2), 1, false))
        .containsExactly(
            new Pass(Sweep.Load.OPEN, Sweep.Lag.INJECTED, 1, 1),
            new Pass(Sweep.Load.OPEN, Sweep.Lag.INJECTED, 2, 1));
  }
}
