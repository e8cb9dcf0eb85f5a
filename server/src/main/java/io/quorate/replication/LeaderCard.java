package io.quorate.replication;

import java.util.List;

/**
 * How a leader introduces itself to its followers, beside each hello.
 *
 * @param id the leader's node id
 * @param url where it wants its clients, without a slash at the end
 * @param writeQuorum its default write quorum
 * @param minDelayNanos lower bound of the injected delay
 * @param maxDelayNanos upper bound of the injected delay
 * @param followerUrls where the leader reaches its followers
 */
record LeaderCard(
    String id,
    String url,
    int writeQuorum,
    long minDelayNanos,
    long maxDelayNanos,
    List<String> followerUrls) {}
