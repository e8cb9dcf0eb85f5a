package io.quorate.replication;

import io.quorate.core.Key;
import io.quorate.core.Leadership;
import io.quorate.core.Token;
import io.quorate.replication.Convergence.Difference;
import io.quorate.replication.Convergence.FollowerDigest;
import io.quorate.replication.DigestFormat.BucketSums;
import io.quorate.replication.DigestFormat.Held;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares every follower with the leader by digests, each computed from stored bytes, and only
 * where applied = last on both sides. Blocks: it runs on a thread of its own.
 */
final class ConvergenceCheck {

  private static final int MAX_DIFFERENCES = 20;

  /** What the check asks the nodes; each call blocks for a bounded time. */
  interface Nodes {

    /** Where leader and followers are. */
    Standing standing();

    BucketSums leaderSums();

    /** Empty when the follower does not answer. */
    Optional<BucketSums> followerSums(int follower);

    Map<Key, Held> leaderBucket(int bucket);

    /** Empty when the follower does not answer. */
    Optional<Map<Key, Held>> followerBucket(int follower, int bucket);
  }

  /**
   * Where the leader stands, and its followers in the order of its configuration.
   *
   * @param leading whether the leadership has not ended
   */
  record Standing(
      String leaderId, boolean leading, long epoch, long lastVersion, List<Follower> followers) {

    /**
     * One follower.
     *
     * @param level whether it has acknowledged all through the last version
     * @param problem why it is not counted; null when it is
     */
    record Follower(String id, boolean connected, boolean level, @Nullable String problem) {}

    boolean allLevel() {
      return followers.stream().allMatch(follower -> follower.connected() && follower.level());
    }
  }

  private final Nodes nodes;

  ConvergenceCheck(Nodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Compares once: says how it is, or what is in the way of saying it. What a leadership began to
   * compare is not said of another one.
   */
  Convergence compare() {
    Standing before = nodes.standing();
    if (!before.leading()) {
      return ended(before);
    }
    Convergence found = compare(before);
    return nodes.standing().leading() ? found : ended(before);
  }

  /** Of a leadership that has ended nothing can be said. */
  static Convergence ended(Standing before) {
    return new Convergence(
        null,
        before.lastVersion(),
        before.epoch(),
        0,
        null,
        before.followers().stream()
            .map(follower -> new FollowerDigest(follower.id(), null, null, null, null))
            .toList(),
        List.of(),
        "the leadership of epoch " + before.epoch() + " has ended");
  }

  private Convergence compare(Standing before) {
    BucketSums leader = nodes.leaderSums();
    List<Optional<BucketSums>> followers = new ArrayList<>();
    for (int follower = 0; follower < before.followers().size(); follower++) {
      boolean connected = before.followers().get(follower).connected();
      followers.add(connected ? nodes.followerSums(follower) : Optional.empty());
    }
    boolean quiet =
        nodes.standing().lastVersion() == before.lastVersion()
            && leader.lastVersion() == before.lastVersion();
    List<FollowerDigest> digests = new ArrayList<>();
    List<String> obstacles = new ArrayList<>();
    boolean allEqual = true;
    for (int follower = 0; follower < followers.size(); follower++) {
      String id = before.followers().get(follower).id();
      BucketSums sums = followers.get(follower).orElse(null);
      Boolean equal = (quiet && sums != null) ? equal(leader, sums) : null;
      if (equal == null && quiet) {
        obstacles.add(obstacle(before.followers().get(follower), sums, leader));
      }
      allEqual &= equal == null || equal;
      digests.add(
          sums == null
              ? new FollowerDigest(id, null, null, null, null)
              : new FollowerDigest(id, sums.appliedVersion(), sums.keys(), sums.digest(), equal));
    }
    Verdict verdict = verdict(quiet, allEqual, obstacles);
    List<Difference> differences =
        Boolean.FALSE.equals(verdict.converged())
            ? differences(before, leader, followers)
            : List.of();
    return new Convergence(
        verdict.converged(),
        before.lastVersion(),
        before.epoch(),
        leader.keys(),
        leader.digest(),
        digests,
        differences,
        verdict.reason());
  }

  private record Verdict(@Nullable Boolean converged, @Nullable String reason) {}

  private static Verdict verdict(boolean quiet, boolean allEqual, List<String> obstacles) {
    if (!quiet) {
      return new Verdict(null, "writes are still going on");
    }
    if (!allEqual) {
      return new Verdict(false, "followers hold something else than the leader");
    }
    return obstacles.isEmpty()
        ? new Verdict(true, null)
        : new Verdict(null, String.join("; ", obstacles));
  }

  /** Null when the two cannot be compared, for the follower is not where the leader is. */
  private static @Nullable Boolean equal(BucketSums leader, BucketSums follower) {
    boolean comparable =
        isOfSameLeadership(leader, follower)
            && follower.appliedVersion() == follower.lastVersion()
            && follower.lastVersion() == leader.lastVersion();
    return comparable ? (Boolean) follower.digest().equals(leader.digest()) : null;
  }

  private static boolean isOfSameLeadership(BucketSums leader, BucketSums follower) {
    return follower.leadership().equals(leader.leadership())
        && !leader.leadership().equals(Leadership.NONE);
  }

  private static String obstacle(
      Standing.Follower follower, @Nullable BucketSums sums, BucketSums leader) {
    if (sums == null) {
      String problem = follower.problem();
      return follower.id() + " " + (problem == null ? "is out of reach" : problem);
    }
    if (!isOfSameLeadership(leader, sums)) {
      return follower.id() + " has entered another leadership, or none";
    }
    return follower.id()
        + " has applied all through version "
        + sums.appliedVersion()
        + " of "
        + leader.lastVersion();
  }

  private List<Difference> differences(
      Standing standing, BucketSums leader, List<Optional<BucketSums>> followers) {
    List<Difference> differences = new ArrayList<>();
    for (int bucket = 0; bucket < StoreDigester.BUCKETS; bucket++) {
      if (differences.size() < MAX_DIFFERENCES && differs(bucket, leader, followers)) {
        addDifferences(standing, bucket, differences);
      }
    }
    return differences.subList(0, Math.min(MAX_DIFFERENCES, differences.size()));
  }

  private static boolean differs(
      int bucket, BucketSums leader, List<Optional<BucketSums>> followers) {
    String sum = leader.sums().get(bucket);
    return followers.stream()
        .flatMap(Optional::stream)
        .anyMatch(
            sums ->
                Boolean.FALSE.equals(equal(leader, sums)) && !sums.sums().get(bucket).equals(sum));
  }

  private void addDifferences(Standing standing, int bucket, List<Difference> differences) {
    Map<String, Map<Key, Held>> buckets = new LinkedHashMap<>();
    buckets.put(standing.leaderId(), nodes.leaderBucket(bucket));
    for (int follower = 0; follower < standing.followers().size(); follower++) {
      Standing.Follower asked = standing.followers().get(follower);
      if (asked.connected()) {
        nodes.followerBucket(follower, bucket).ifPresent(held -> buckets.put(asked.id(), held));
      }
    }
    TreeSet<Key> keys = new TreeSet<>();
    buckets.values().forEach(held -> keys.addAll(held.keySet()));
    for (Key key : keys) {
      if (buckets.values().stream()
              .map(held -> Optional.ofNullable(held.get(key)))
              .distinct()
              .count()
          > 1) {
        differences.add(new Difference(key.toString(), versions(buckets, key)));
      }
    }
  }

  private static Map<String, @Nullable String> versions(
      Map<String, Map<Key, Held>> buckets, Key key) {
    Map<String, @Nullable String> versions = new LinkedHashMap<>();
    buckets.forEach(
        (id, held) -> {
          Held ofKey = held.get(key);
          Token token = ofKey == null ? null : ofKey.token();
          versions.put(id, token == null ? null : token.toString());
        });
    return versions;
  }
}
