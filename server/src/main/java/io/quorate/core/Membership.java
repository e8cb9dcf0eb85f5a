package io.quorate.core;

import java.util.List;

/**
 * The nodes of a cluster as its leader knows them, and the settings that a next leader takes over.
 *
 * @param urls where nodes reach each other; the first is that of the configured leader
 * @param self which of them this node is
 * @param writeQuorum default of writes that ask for none
 * @param minDelayNanos lower bound of the injected delay
 * @param maxDelayNanos upper bound of the injected delay
 */
public record Membership(
    List<String> urls, int self, int writeQuorum, long minDelayNanos, long maxDelayNanos) {
  public Membership {
    urls = List.copyOf(urls);
  }
}
