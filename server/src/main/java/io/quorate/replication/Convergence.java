package io.quorate.replication;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether all replicas hold the same.
 *
 * @param converged null when it cannot be said; the reason tells why
 * @param version the leader's last version at which it compared
 * @param keys live keys of the leader
 * @param digest the leader's digest; null when it was not computed
 * @param differences up to 20 keys that differ
 * @param reason null when converged
 */
public record Convergence(
    @Nullable Boolean converged,
    long version,
    long epoch,
    long keys,
    @Nullable String digest,
    List<FollowerDigest> followers,
    List<Difference> differences,
    @Nullable String reason) {

  /**
   * One follower's part. {@code equal}, {@code keys} and the digest are null when it was not
   * reached.
   */
  public record FollowerDigest(
      String id,
      @Nullable Long appliedVersion,
      @Nullable Long keys,
      @Nullable String digest,
      @Nullable Boolean equal) {}

  /**
   * A key that is not the same everywhere.
   *
   * @param versions each node's id to its {@code epoch.version} of the key, or null where it has
   *     none; the same token on all nodes means that the bytes differ
   */
  public record Difference(String key, Map<String, @Nullable String> versions) {}
}
