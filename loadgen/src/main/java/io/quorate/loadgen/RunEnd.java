package io.quorate.loadgen;

import org.jspecify.annotations.Nullable;

/**
 * How a run of a load ended.
 *
 * @param seconds from the first request, or the start of the schedule, to the last answer
 * @param settledNanos as {@link RateCheck#settledNanos} of an open loop; null of a closed one
 * @param cutShort why it ended before its quota was used up, or null where it did not
 */
record RunEnd(double seconds, @Nullable Long settledNanos, @Nullable String cutShort) {}
