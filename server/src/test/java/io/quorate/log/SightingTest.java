package io.quorate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Leadership;
import io.quorate.core.Reign;
import io.quorate.core.SnapshotHead;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code verify} tells of a directory. */
final class SightingTest {

  private final Sighting sighting = new Sighting();

  private static Reign reign(long epoch) {
    return new Reign(new Leadership(epoch, 7), 20, false, false, List.of());
  }

  @Test
  void followerIsInTheEpochThatItEnteredWithASnapshot() {
    sighting.entered(reign(1));
    Reign entered = reign(9);
    sighting.installBegun(new SnapshotHead(entered.leadership(), 1, 20, 0, 0, entered));
    assertThat(sighting.epoch()).isEqualTo(1);
    sighting.installed();
    assertThat(sighting.epoch()).isEqualTo(9);
  }
}
