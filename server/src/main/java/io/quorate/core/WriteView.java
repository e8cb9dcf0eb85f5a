package io.quorate.core;

/**
 * A write as the leader remembers it.
 *
 * @param required follower acknowledgements that confirm it
 * @param confirmed whether its quorum has it
 */
public record WriteView(Mutation mutation, int required, boolean confirmed) {}
