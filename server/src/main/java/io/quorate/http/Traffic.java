package io.quorate.http;

/** What goes on on one connection. Owned by its loop. */
final class Traffic {

  private long parts;
  private boolean ofLeader;

  /** Counts the head of a request, or a part of a body, received or made to be sent. */
  void notePart() {
    parts++;
  }

  long parts() {
    return parts;
  }

  /** A request of a leader has come, which uses some of its connections rarely. */
  void noteLeader() {
    ofLeader = true;
  }

  boolean isOfLeader() {
    return ofLeader;
  }
}
