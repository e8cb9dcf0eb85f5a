package io.quorate.replication;

import io.quorate.core.Key;
import java.util.List;

/**
 * What a leader remembers of one write.
 *
 * @param confirmed whether its quorum has had it, at some time
 * @param followers who has it now, in the order of the configuration
 */
public record WriteReport(
    long epoch, long version, Key key, int required, boolean confirmed, List<Holder> followers) {

  /** Whether one follower, in its present life, has acknowledged the write. */
  public record Holder(String id, boolean acknowledged) {}

  /** How many followers have it now. */
  public int acknowledgements() {
    return (int) followers.stream().filter(Holder::acknowledged).count();
  }
}
