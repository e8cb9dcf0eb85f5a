package io.quorate.core;

/**
 * How a node asks to lead.
 *
 * @param automatic whether this node led last and comes back by itself: then it keeps asking, and
 *     gives way to whoever leads now
 * @param force whether too few grants are enough, and leases are ignored
 * @param leadershipId random
 * @param durable whether the nodes have disks; without, what was confirmed may always be lost
 * @param leastQuorum the least write quorum that writes may ask for
 * @param leaseNanos how long a grant counts, from the moment at which it was asked for: one that
 *     loses its data after it has granted is let into an older epoch again only later than that
 */
record CandidacyTerms(
    boolean automatic,
    boolean force,
    long leadershipId,
    boolean durable,
    int leastQuorum,
    long leaseNanos) {}
