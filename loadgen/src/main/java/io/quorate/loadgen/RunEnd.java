package io.quorate.loadgen;

import org.jspecify.annotations.Nullable;

/**
 * How a run of a load ended.
 *
 * @param seconds from the first request, or the start of the schedule, to the last answer
 * @param rateReached by {@link RateCheck}; null of a closed loop
 * @param cutShort why it ended before its quota was used up, or null where it did not
 */
record RunEnd(double seconds, @Nullable Boolean rateReached, @Nullable String cutShort) {}
