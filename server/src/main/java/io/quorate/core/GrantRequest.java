package io.quorate.core;

/**
 * From one that wants to lead: asks a node to refuse every older epoch from now on.
 *
 * @param candidate the leadership to be granted
 * @param released a leadership whose own leader has granted the candidate's already, so that nobody
 *     counts on a lease for it any more; else {@link Leadership#NONE}
 * @param force whether leases are to be ignored, so that what was confirmed may be lost
 * @param leastQuorum the cluster's least write quorum
 * @param leaseNanos the cluster's lease
 */
public record GrantRequest(
    Leadership candidate, Leadership released, boolean force, int leastQuorum, long leaseNanos) {}
