package io.quorate.http;

import io.quorate.replication.EventTexts;
import java.util.concurrent.Semaphore;

/**
 * What all connections of a node share, whatever its role: a change of roles makes none of it anew,
 * for requests of the former role may still hold some.
 *
 * @param clientBodies for bodies of clients
 * @param replicationBodies for those of other nodes, of which no client has a share
 * @param snapshots places for snapshots that are being sent
 * @param watches places for watches that are open
 * @param events what they are told
 * @param counts of all that is answered
 */
record Budgets(
    ReceivedBytes clientBodies,
    ReceivedBytes replicationBodies,
    Semaphore snapshots,
    Semaphore watches,
    EventTexts events,
    HttpCounts counts) {

  /** A snapshot walks the whole store: more at a time would only slow each other down. */
  static final int SNAPSHOTS_AT_A_TIME = 2;

  /** The part of the heap that the texts of events may take. */
  private static final int EVENTS_HEAP_SHARE = 32;

  static Budgets of(HttpOptions options) {
    long bytes = options.maxReceivedBytes();
    int largest = Math.max(options.maxValueBytes(), Served.MAX_PATCH_BYTES);
    // Twice the longest, for a leader sends on several connections.
    long replication = Math.max(bytes, 2L * options.maxReplicationBytes());
    return new Budgets(
        new ReceivedBytes(Math.max(bytes, largest)),
        new ReceivedBytes(replication),
        new Semaphore(SNAPSHOTS_AT_A_TIME),
        new Semaphore(options.watching().most()),
        new EventTexts(EventText::of, Runtime.getRuntime().maxMemory() / EVENTS_HEAP_SHARE),
        new HttpCounts());
  }
}
