package io.quorate.core;

import org.jspecify.annotations.Nullable;

/**
 * What has to hold of a key for a request to be carried out (RFC 9110, section 13.1). A deleted key
 * has no version.
 *
 * @param match the key has to have one of these versions; null where that is not asked for
 * @param noneMatch it must have none of these; null where that is not asked for
 */
public record Condition(@Nullable EntityTags match, @Nullable EntityTags noneMatch) {

  /** Always holds. */
  public static final Condition NONE = new Condition(null, null);

  boolean isNone() {
    return match == null && noneMatch == null;
  }

  /** Whether {@link #match} holds of what is there of the key. */
  public boolean matches(@Nullable Entry entry) {
    return match == null || isNamedBy(match, entry);
  }

  /** Whether {@link #noneMatch} holds of what is there of the key. */
  public boolean matchesNone(@Nullable Entry entry) {
    return noneMatch == null || !isNamedBy(noneMatch, entry);
  }

  boolean holds(@Nullable Entry entry) {
    return matches(entry) && matchesNone(entry);
  }

  private static boolean isNamedBy(EntityTags tags, @Nullable Entry entry) {
    return entry != null && !entry.isTombstone() && tags.name(entry.token());
  }
}
