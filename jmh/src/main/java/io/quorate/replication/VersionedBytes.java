package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.quorate.jmh.Expect;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of one node to another whose versions can be written over: what a peer sends, at no
 * cost to the benchmark of the node that receives it. Versions stand in it as i64, and are found by
 * the ones that it was encoded with, {@link #MARKER} and up.
 */
public final class VersionedBytes {

  /** Stands for the first version while the message is encoded. */
  static final long MARKER = 0x4d61_726b_6572_0000L;

  /** A place in the message, and which version belongs there, counted from the first. */
  private record Place(int index, int version) {}

  private final ByteBuf message;
  private final List<Place> places = new ArrayList<>();

  /**
   * @param encoded released
   * @param versions how many versions it tells
   * @param expectedPlaces in how many places it tells one
   */
  VersionedBytes(ByteBuf encoded, int versions, int expectedPlaces) {
    message = Unpooled.directBuffer(encoded.readableBytes()).writeBytes(encoded);
    encoded.release();
    for (int index = 0; index <= message.readableBytes() - Long.BYTES; index++) {
      long version = message.getLong(index) - MARKER;
      if (version >= 0 && version < versions) {
        places.add(new Place(index, (int) version));
      }
    }
    Expect.equal(expectedPlaces, places.size());
  }

  /** The message with versions from {@code first} on, whole and not to be released. */
  public ByteBuf from(long first) {
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      message.setLong(place.index(), first + place.version());
    }
    return message.readerIndex(0);
  }
}
