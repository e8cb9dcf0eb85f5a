package io.quorate.core;

/**
 * With what a client marks a write so that the same request, sent again, is not carried out again.
 *
 * @param id what the client calls it, the same for every try: {@code Idempotency-Key}
 * @param payload what the request asks for: a repeat that asks for something else is refused
 * @param writes how many mutations the write has
 * @param givenMillis when the write was given, by the clock of the leader that gave it: not to be
 *     compared with another's
 */
public record Receipt(String id, Payload payload, int writes, long givenMillis) {

  /** Longest {@link #id}, in characters, each of one byte. */
  public static final int MAX_ID_LENGTH = 255;

  /** A digest of what a request asks for: 128 bits of it. */
  public record Payload(long high, long low) {}
}
