package io.quorate.replication;

/**
 * Who a node is.
 *
 * @param id what it calls itself
 * @param advertiseUrl where it wants its clients, without a slash at the end
 * @param transport {@code epoll} or {@code nio}
 * @param incarnation random
 * @param startedNanos when it started, {@link System#nanoTime}
 */
public record Identity(
    String id, String advertiseUrl, String transport, long incarnation, long startedNanos) {

  String incarnationHex() {
    return String.format("%016x", incarnation);
  }

  long uptimeMillis() {
    return (System.nanoTime() - startedNanos) / 1_000_000;
  }
}
