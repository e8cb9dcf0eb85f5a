package io.quorate.replication;

/**
 * What a leader may be told to change while it runs.
 *
 * @param writeQuorum follower acknowledgements for a write that asks for no number of its own
 * @param minDelayNanos lower bound of the injected delay
 * @param maxDelayNanos upper bound of the injected delay
 * @param writeTimeoutNanos wait of a write that asks for no time of its own
 */
public record Settings(
    int writeQuorum, long minDelayNanos, long maxDelayNanos, long writeTimeoutNanos) {}
