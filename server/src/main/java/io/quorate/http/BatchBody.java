package io.quorate.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.core.Change;
import io.quorate.core.Key;
import io.quorate.core.MutationBytes;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a batch: a JSON list of {@link BatchItem items}, each of another key. Refused
 * whole when anything is wrong.
 */
final class BatchBody {

  static final int MOST_ITEMS = 1000;

  /** What items take in the log and on links beyond a list of them in JSON, at most. */
  private static final int LEEWAY_BYTES = 4 << 10;

  private final long mostBytes;
  private final List<Change> changes = new ArrayList<>();
  private final Map<Key, Integer> places = new HashMap<>();
  private long bytes;

  /** Of the item that is being read, from 1 on; 0 before the first. */
  private int place;

  private BatchBody(int maxValueBytes) {
    this.mostBytes = (long) maxValueBytes + LEEWAY_BYTES;
  }

  /**
   * The changes that the body asks for, or why it is refused.
   *
   * @param maxValueBytes largest value, and about what all take together: replication and the log
   *     have room for a write of that size
   */
  static Parsed<List<Change>> parse(byte[] body, int maxValueBytes) {
    return new BatchBody(maxValueBytes).parse(body);
  }

  private Parsed<List<Change>> parse(byte[] body) {
    String fault;
    try (JsonParser parser = JsonText.FACTORY.createParser(body)) {
      fault = read(parser);
    } catch (JsonProcessingException malformed) {
      fault = atPlace("the body is not a JSON list: " + JsonText.told(malformed));
    } catch (CharConversionException otherEncoding) {
      fault = atPlace("the body is not a JSON list: it is not UTF-8");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    if (!fault.isEmpty()) {
      return Parsed.badRequest(fault);
    }
    return bytes > mostBytes
        ? new Parsed.Fault<>(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "the batch takes "
                + bytes
                + " bytes, keys, values and "
                + MutationBytes.TOGETHER_OVERHEAD_BYTES
                + " for each item; a batch takes up to "
                + mostBytes)
        : Parsed.value(List.copyOf(changes));
  }

  /** What is wrong; empty when nothing is. */
  private String read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      return "the body is not a JSON list";
    }
    JsonToken token = parser.nextToken();
    while (token != JsonToken.END_ARRAY) {
      if (place == MOST_ITEMS) {
        return "the list has more than " + MOST_ITEMS + " items; a batch has 1 to " + MOST_ITEMS;
      }
      place++;
      if (token != JsonToken.START_OBJECT) {
        return atPlace("it is not a JSON object");
      }
      Parsed<Change> item = BatchItem.read(parser);
      if (!(item instanceof Parsed.Value<Change> change)) {
        return atPlace(((Parsed.Fault<Change>) item).detail());
      }
      Integer same = add(change.value());
      if (same != null) {
        return atPlace("its key is that of item " + same + " too; a batch has a key once");
      }
      token = parser.nextToken();
    }
    if (changes.isEmpty()) {
      return "the list is empty; a batch has 1 to " + MOST_ITEMS + " items";
    }
    return parser.nextToken() == null ? "" : "something follows the JSON list";
  }

  /** The place of an earlier one of the same key; null when there is none. */
  private @Nullable Integer add(Change change) {
    byte[] value = change.value();
    bytes += MutationBytes.TOGETHER_OVERHEAD_BYTES + (long) change.key().bytes().length;
    bytes += value == null ? 0 : value.length;
    changes.add(change);
    return places.putIfAbsent(change.key(), place);
  }

  private String atPlace(String wrong) {
    return place == 0 ? wrong : "item " + place + ": " + wrong;
  }
}
