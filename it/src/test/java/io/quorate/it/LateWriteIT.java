package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.it.HandWrittenLink.Mutation;
import io.quorate.it.HandWrittenLink.Report;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes that reach a follower late, twice or from the wrong leader, sent by hand. */
@OnBothKinds
final class LateWriteIT {

  private static final long EPOCH = 3;
  private static final long LEADERSHIP_ID = 0x5eed;

  @RegisterExtension private final Nodes nodes = new Nodes();

  @Test
  void lateOlderWriteDoesNotOverwriteANewerOneInACluster() {
    Cluster cluster = nodes.cluster(ClusterPlan.of(2));
    NodeHandle follower = cluster.follower(1);
    NodeClient leader = cluster.leader().client();
    Written older = leader.put("key", "older", "w=2");
    Written newer = leader.put("key", "newer", "w=2");
    HandWrittenLink link = new HandWrittenLink(follower);
    Report known = link.ask();
    assertThat(known.lastVersion()).isEqualTo(newer.version());

    Report report = link.append(known, new Mutation(older.epoch(), older.version(), "key", "late"));

    assertThat(report.verdict()).isEqualTo(HandWrittenLink.ACCEPTED);
    assertThat(report.acknowledged()).containsExactly(older.version());
    assertThat(follower.client().get("key", ""))
        .contains(new Held("newer", newer.epoch(), newer.version()));
    Replicas.assertConverged(cluster);
  }

  @Test
  void writeOvertakenOnItsWayIsAcknowledgedAndSkippedWhateverOrderTheyComeIn() {
    NodeHandle follower = nodes.follower();
    HandWrittenLink link = new HandWrittenLink(follower);
    Report led = link.hello(EPOCH, LEADERSHIP_ID);
    assertThat(led.verdict()).isEqualTo(HandWrittenLink.ACCEPTED);

    link.append(led, put(3, "key", "third"));
    assertThat(follower.client().get("key", "")).contains(new Held("third", EPOCH, 3));
    Report late = link.append(led, put(2, "key", "second"));
    assertThat(late.acknowledged()).containsExactly(2L);
    assertThat(late.appliedVersion()).isZero();
    assertThat(follower.client().get("key", "")).contains(new Held("third", EPOCH, 3));
    Report twice = link.append(led, put(1, "other", "first"), put(3, "key", "third twice"));
    assertThat(twice.acknowledged()).containsExactly(1L, 3L);
    assertThat(twice.appliedVersion()).isEqualTo(3);
    assertThat(follower.client().get("key", "")).contains(new Held("third", EPOCH, 3));
    link.append(led, put(4, "key", "fourth"));
    assertThat(follower.client().get("key", "")).contains(new Held("fourth", EPOCH, 4));
  }

  @Test
  void latePutDoesNotBringADeletedKeyBack() {
    NodeHandle follower = nodes.follower();
    HandWrittenLink link = new HandWrittenLink(follower);
    Report led = link.hello(EPOCH, LEADERSHIP_ID);
    link.append(led, put(1, "key", "first"));
    assertThat(follower.client().get("key", "")).isPresent();

    link.append(led, new Mutation(EPOCH, 3, "key", null));
    assertThat(follower.client().get("key", "")).isEmpty();
    Report late = link.append(led, put(2, "key", "late"));

    assertThat(late.acknowledged()).containsExactly(2L);
    assertThat(late.appliedVersion()).isEqualTo(3);
    assertThat(follower.client().get("key", "")).isEqualTo(Optional.empty());
  }

  @Test
  void writeOfAnotherLeadershipOrForAnotherLifeIsRefused() {
    NodeHandle follower = nodes.follower();
    HandWrittenLink link = new HandWrittenLink(follower);
    Report led = link.hello(EPOCH, LEADERSHIP_ID);
    link.append(led, put(1, "key", "first"));

    for (Report sender :
        new Report[] {
          leadership(led, EPOCH - 1, LEADERSHIP_ID), leadership(led, EPOCH, LEADERSHIP_ID + 1)
        }) {
      Report refusal = link.append(sender, put(2, "key", "of another"));
      assertThat(refusal.verdict()).isEqualTo(HandWrittenLink.OTHER_LEADERSHIP);
      assertThat(refusal.epoch()).isEqualTo(EPOCH);
    }
    Report otherBoot =
        new Report(
            0, led.incarnation(), led.boot() + 1, EPOCH, LEADERSHIP_ID, 0, 0, led.acknowledged());
    assertThat(link.append(otherBoot, put(2, "key", "for another")).verdict())
        .isEqualTo(HandWrittenLink.OTHER_LIFE);
    assertThat(follower.client().get("key", "")).contains(new Held("first", EPOCH, 1));
  }

  private static Report leadership(Report led, long epoch, long leadershipId) {
    return new Report(
        led.verdict(),
        led.incarnation(),
        led.boot(),
        epoch,
        leadershipId,
        led.appliedVersion(),
        led.lastVersion(),
        led.acknowledged());
  }

  private static Mutation put(long version, String key, String value) {
    return new Mutation(EPOCH, version, key, value);
  }
}
