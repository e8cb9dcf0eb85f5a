package io.quorate.loadgen;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key's version within the epoch that gave it. Where two meet, the larger pair is the newer. */
record KeyVersion(long epoch, long version) implements Comparable<KeyVersion> {
  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\\.(\\d{1,18})\"");
  private static final Comparator<KeyVersion> ORDER =
      Comparator.comparingLong(KeyVersion::epoch).thenComparingLong(KeyVersion::version);

  /** The version in an entity tag, {@code "epoch.version"} with its quotes, or null. */
  static @Nullable KeyVersion ofETag(String etag) {
    Matcher matcher = ETAG.matcher(etag);
    return matcher.matches()
        ? new KeyVersion(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
        : null;
  }

  @Override
  public int compareTo(KeyVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return epoch + "." + version;
  }
}
