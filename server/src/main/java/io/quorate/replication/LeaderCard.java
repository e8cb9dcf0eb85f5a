package io.quorate.replication;

import io.quorate.core.Membership;

/**
 * How a leader introduces itself to another node, beside each hello.
 *
 * @param id the leader's node id
 * @param url where it wants its clients, without a slash at the end
 * @param members the nodes of the cluster, and which of them the other node is
 */
record LeaderCard(String id, String url, Membership members) {}
