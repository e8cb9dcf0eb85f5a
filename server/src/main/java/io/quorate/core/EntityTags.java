package io.quorate.core;

import java.util.List;

/**
 * Which versions of a key a condition names.
 *
 * @param any whether every version is meant
 * @param tokens those that are, where not every one is
 */
public record EntityTags(boolean any, List<Token> tokens) {

  /** Every version. */
  public static final EntityTags ANY = new EntityTags(true, List.of());

  boolean name(Token token) {
    return any || tokens.contains(token);
  }
}
