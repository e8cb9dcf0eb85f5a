package io.quorate.replication;

import io.quorate.core.Feed;
import io.quorate.core.Mutation;
import io.quorate.core.Token;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as clients read them: each is made once for all watches of a node, and kept while there is
 * room. Which go first is in the order of two maps:
 *
 * <pre>
 *  idle:   nobody is in the middle of it     | oldest ... newest |  goes first
 *  begun:  part of it was told to a watch    | oldest ... newest |  goes when no other is left
 * </pre>
 *
 * One that went is made again for who comes to its event. A watch that was in the middle of it is
 * over, and its client comes back for the whole event: to make a text again for the next piece of
 * each of many readers, between whom there is no room for all, would cost a large text for every
 * small piece. Owned by the loop of the node, whatever its role.
 */
public final class EventTexts {

  /** Makes a text. */
  @FunctionalInterface
  public interface Format {

    /** An event as clients read it. */
    byte[] text(Mutation event);
  }

  /** The text of one event. Whoever has it does not keep its bytes. */
  static final class Text {

    private final Token event;

    /** Null once it went. */
    private byte @Nullable [] bytes;

    /** Watches that are in the middle of it. */
    private int readers;

    private Text(Token event, byte[] bytes) {
      this.event = event;
      this.bytes = bytes;
    }

    Token event() {
      return event;
    }

    /** Not to be written to; null once it went. */
    byte @Nullable [] bytes() {
      return bytes;
    }
  }

  /** What a text costs beyond its bytes, about. */
  private static final long OVERHEAD_BYTES = 200;

  private final Format format;
  private final long limitBytes;
  private final Map<Token, Text> idle = new LinkedHashMap<>();
  private final Map<Token, Text> begun = new LinkedHashMap<>();

  /** Of all texts in both maps. Invariant: at most the limit, or of one text. */
  private long heldBytes;

  /**
   * Holds nothing.
   *
   * @param limitBytes of all texts; the newest is held however large it is
   */
  public EventTexts(Format format, long limitBytes) {
    this.format = format;
    this.limitBytes = limitBytes;
  }

  long heldBytes() {
    return heldBytes;
  }

  /** The text of a write that the feed holds; it is there until another is asked for. */
  Text of(Token event, Feed feed) {
    Text there = idle.get(event);
    if (there == null) {
      there = begun.get(event);
    }
    if (there != null) {
      return there;
    }
    Mutation write = feed.read(event);
    if (write == null) {
      throw new IllegalStateException(event + " is not held");
    }
    return add(event, format.text(write));
  }

  private Text add(Token event, byte[] bytes) {
    heldBytes += cost(bytes);
    while (heldBytes > limitBytes && !(idle.isEmpty() && begun.isEmpty())) {
      dropOldest(idle.isEmpty() ? begun : idle);
    }
    Text made = new Text(event, bytes);
    idle.put(event, made);
    return made;
  }

  private void dropOldest(Map<Token, Text> from) {
    Text oldest = from.values().iterator().next();
    from.remove(oldest.event);
    byte[] bytes = oldest.bytes;
    if (bytes != null) {
      heldBytes -= cost(bytes);
      oldest.bytes = null;
    }
  }

  private static long cost(byte[] bytes) {
    return OVERHEAD_BYTES + bytes.length;
  }

  /** A watch is in the middle of it. */
  void begin(Text text) {
    text.readers++;
    if (idle.remove(text.event, text)) {
      begun.put(text.event, text);
    }
  }

  /** It is not any more. */
  void end(Text text) {
    text.readers--;
    if (text.readers == 0 && begun.remove(text.event, text)) {
      idle.put(text.event, text);
    }
  }

  /** Nobody watches any more: nothing is kept for whoever comes. */
  void clear() {
    while (!idle.isEmpty()) {
      dropOldest(idle);
    }
  }
}
