package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Token;
import io.quorate.replication.DigestFormat.BucketSums;
import io.quorate.replication.DigestFormat.Held;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvergenceCheckTest {

  private static final long VERSION = 9;

  private final FakeNodes nodes = new FakeNodes();

  @Test
  void equalDigestsAtTheLastVersionAreConvergence() {
    Convergence result = check();
    assertThat(result.converged()).isTrue();
    assertThat(result.reason()).isNull();
    assertThat(result.version()).isEqualTo(VERSION);
    assertThat(result.followers()).extracting(Convergence.FollowerDigest::equal).containsOnly(true);
  }

  @Test
  void alteredBytesAreFalseAndNameTheKey() {
    nodes.followers.get(1).hold("k", new Token(1, 4), "other");
    Convergence result = check();
    assertThat(result.converged()).isFalse();
    assertThat(result.differences()).extracting(Convergence.Difference::key).containsExactly("k");
    assertThat(result.differences().get(0).versions())
        .containsExactly(
            Map.entry("leader", "1.4"), Map.entry("f0", "1.4"), Map.entry("f1", "1.4"));
    assertThat(result.followers())
        .extracting(Convergence.FollowerDigest::equal)
        .containsExactly(true, false);
  }

  @Test
  void missingKeyIsShownWithoutVersion() {
    nodes.followers.get(0).held.clear();
    Convergence result = check();
    assertThat(result.converged()).isFalse();
    assertThat(result.differences().get(0).versions()).containsEntry("f0", null);
  }

  @Test
  void atMostTwentyDifferencesAreNamed() {
    for (int i = 0; i < 100; i++) {
      nodes.followers.get(0).hold("extra-" + i, new Token(1, i + 1), "x");
    }
    assertThat(check().differences()).hasSize(20);
  }

  @Test
  void followerOutOfReachIsInconclusiveAndNamed() {
    nodes.followers.get(1).reachable = false;
    Convergence result = check();
    assertThat(result.converged()).isNull();
    assertThat(result.reason()).contains("f1").contains("out of reach");
  }

  @Test
  void followerBehindIsInconclusiveThoughItsDigestDiffers() {
    nodes.followers.get(1).applied = VERSION - 1;
    nodes.followers.get(1).hold("k", new Token(1, 3), "older");
    Convergence result = check();
    assertThat(result.converged()).isNull();
    assertThat(result.reason()).contains("f1").contains("8 of 9");
  }

  @Test
  void writesGoingOnAreInconclusive() {
    nodes.moving = true;
    Convergence result = check();
    assertThat(result.converged()).isNull();
    assertThat(result.reason()).contains("writes are still going on");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void followerOfAnotherLeadershipIsNotComparedWhateverItHolds(boolean holdsTheSame) {
    nodes.followers.get(1).leadership = new Leadership(2, 8);
    if (!holdsTheSame) {
      nodes.followers.get(1).hold("k", new Token(2, VERSION), "other");
    }
    Convergence result = check();
    assertThat(result.converged()).isNull();
    assertThat(result.reason()).contains("f1 has entered another leadership");
    assertThat(result.followers()).extracting(Convergence.FollowerDigest::equal).last().isNull();
  }

  @Test
  void nodesThatHaveEnteredNoLeadershipAreNotCompared() {
    nodes.leader.leadership = Leadership.NONE;
    nodes.followers.forEach(follower -> follower.leadership = Leadership.NONE);
    assertThat(check().converged()).isNull();
  }

  /** Asked where the leader stands before it compares, after the digests, and at the end. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "2, true", "0, false", "1, false", "2, false"})
  void leadershipThatEndsMeanwhileIsInconclusive(int standings, boolean holdTheSame) {
    if (!holdTheSame) {
      nodes.followers.get(1).hold("k", new Token(1, 4), "other");
    }
    nodes.standingsUntilTheEnd = standings;
    Convergence result = check();
    assertThat(result.converged()).isNull();
    assertThat(result.reason()).isEqualTo("the leadership of epoch 1 has ended");
    assertThat(result.digest()).isNull();
    assertThat(result.differences()).isEmpty();
    assertThat(result.followers())
        .extracting(Convergence.FollowerDigest::id)
        .containsExactly("f0", "f1");
    assertThat(result.followers())
        .extracting(Convergence.FollowerDigest::equal)
        .containsOnlyNulls();
  }

  private Convergence check() {
    return new ConvergenceCheck(nodes).compare();
  }

  private static final class FakeNode {
    final Map<Key, Held> held = new HashMap<>();
    long applied = VERSION;
    Leadership leadership = new Leadership(1, 7);
    boolean reachable = true;

    FakeNode() {
      hold("k", new Token(1, 4), "value");
      hold("l", new Token(1, 5), "value");
    }

    void hold(String key, Token token, String hash) {
      held.put(Key.of(key), new Held(token, hash));
    }

    BucketSums sums(long last) {
      List<String> sums = new ArrayList<>(Collections.nCopies(StoreDigester.BUCKETS, ""));
      held.forEach(
          (key, value) -> {
            int bucket = StoreDigester.bucketOf(key);
            sums.set(bucket, sums.get(bucket) + key + value);
          });
      return new BucketSums(leadership, applied, last, held.size(), String.join(",", sums), sums);
    }

    Map<Key, Held> bucket(int bucket) {
      Map<Key, Held> found = new HashMap<>(held);
      found.keySet().removeIf(key -> StoreDigester.bucketOf(key) != bucket);
      return found;
    }
  }

  private static final class FakeNodes implements ConvergenceCheck.Nodes {
    final FakeNode leader = new FakeNode();
    final List<FakeNode> followers = List.of(new FakeNode(), new FakeNode());
    boolean moving;

    /** How often it still stands as a leader. */
    int standingsUntilTheEnd = Integer.MAX_VALUE;

    private long version = VERSION;

    @Override
    public ConvergenceCheck.Standing standing() {
      version += moving ? 1 : 0;
      return new ConvergenceCheck.Standing(
          "leader",
          standingsUntilTheEnd-- > 0,
          1,
          version,
          List.of(
              new ConvergenceCheck.Standing.Follower("f0", true, true, null),
              new ConvergenceCheck.Standing.Follower("f1", true, true, null)));
    }

    @Override
    public BucketSums leaderSums() {
      return leader.sums(version);
    }

    @Override
    public Optional<BucketSums> followerSums(int follower) {
      FakeNode node = followers.get(follower);
      return node.reachable ? Optional.of(node.sums(VERSION)) : Optional.empty();
    }

    @Override
    public Map<Key, Held> leaderBucket(int bucket) {
      return leader.bucket(bucket);
    }

    @Override
    public Optional<Map<Key, Held>> followerBucket(int follower, int bucket) {
      return Optional.of(followers.get(follower).bucket(bucket));
    }
  }
}
