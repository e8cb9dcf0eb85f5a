package io.quorate.bench;

import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param rounds how often those that are compared take turns
 * @param turn how long each turn takes
 * @param warmup how long a cluster is loaded before the first round: six nodes compile what is hot
 * @param open how long an open loop is measured each time
 * @param quorum how long each quorum is measured under lag, and as long without
 * @param idle how long an idle cluster is watched
 * @param keys how many keys a node is filled with
 */
record Plan(
    int rounds,
    Duration turn,
    Duration warmup,
    Duration open,
    Duration quorum,
    Duration idle,
    long keys) {
  static final int DEFAULT_ROUNDS = 5;

  static Plan full(int rounds) {
    return new Plan(
        rounds,
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(8),
        Duration.ofSeconds(20),
        Duration.ofSeconds(30),
        1_000_000);
  }

  static Plan quick(int rounds) {
    return new Plan(
        rounds,
        Duration.ofSeconds(2),
        Duration.ofSeconds(12),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        300_000);
  }
}
