package io.quorate.it;

/** A value that a node holds of a key, and the write that it came with. */
record Held(String value, long epoch, long version) {}
