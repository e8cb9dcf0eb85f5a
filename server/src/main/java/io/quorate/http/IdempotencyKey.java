package io.quorate.http;

import io.netty.util.AsciiString;
import io.quorate.core.Change;
import io.quorate.core.Condition;
import io.quorate.core.EntityTags;
import io.quorate.core.Receipt;
import io.quorate.core.Token;
import io.quorate.core.WriteRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Idempotency-Key}, and tells by a digest whether a request that repeats it asks for
 * the same: the same changes of the same keys, under the same conditions. How long it waits and for
 * how many followers is no part of that.
 */
final class IdempotencyKey {

  private static final AsciiString FIELD = AsciiString.cached("idempotency-key");

  private IdempotencyKey() {}

  /** The key; empty where there is none. */
  static Parsed<Optional<String>> of(Exchange exchange) {
    List<String> fields =
        exchange.headers().isEmpty() ? List.of() : exchange.headers().getAll(FIELD);
    if (fields.isEmpty()) {
      return Parsed.value(Optional.empty());
    }
    String id = fields.get(0).strip();
    boolean isVisible = id.chars().allMatch(character -> character > ' ' && character < 0x7f);
    return fields.size() > 1 || id.isEmpty() || id.length() > Receipt.MAX_ID_LENGTH || !isVisible
        ? Parsed.badRequest(
            "Idempotency-Key: "
                + PercentCode.shown(String.join(",", fields))
                + ": it takes 1 to "
                + Receipt.MAX_ID_LENGTH
                + " visible ASCII characters, once")
        : Parsed.value(Optional.of(id));
  }

  /** The mark of a request with these changes; null where it has no key. */
  static WriteRequest.@Nullable Once mark(Optional<String> id, List<Change> changes) {
    return id.isEmpty() ? null : new WriteRequest.Once(id.get(), payload(changes));
  }

  private static Receipt.Payload payload(List<Change> changes) {
    MessageDigest digest = sha256();
    for (Change change : changes) {
      add(digest, change.key().bytes());
      byte[] value = change.value();
      digest.update((byte) (value == null ? 0 : 1));
      add(digest, value == null ? new byte[0] : value);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, change.ttlMillis()));
      add(digest, text(change.condition()).getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
    return new Receipt.Payload(bytes.getLong(), bytes.getLong());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static String text(Condition condition) {
    return text(condition.match()) + ";" + text(condition.noneMatch());
  }

  private static String text(@Nullable EntityTags tags) {
    if (tags == null) {
      return "-";
    }
    return tags.any()
        ? "*"
        : String.join(",", tags.tokens().stream().map(Token::toString).toList());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
