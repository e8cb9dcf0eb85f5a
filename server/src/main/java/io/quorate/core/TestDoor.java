package io.quorate.core;

/**
 * Alters a store behind replication's back, so that a test can show that the difference is found.
 * Nothing but a test may call it; the owner's thread must.
 */
public final class TestDoor {

  private TestDoor() {}

  /**
   * Flips the lowest bit of the value's first byte, keeping its version; false when the key has no
   * value or an empty one.
   */
  public static boolean flipByte(Store store, Key key) {
    Entry held = store.newest(key);
    byte[] value = held == null ? null : held.value();
    if (held == null || value == null || value.length == 0) {
      return false;
    }
    byte[] altered = value.clone();
    altered[0] ^= 1;
    replace(store, new Mutation(key, altered, held.epoch(), held.version()));
    return true;
  }

  /** Raises the version of the key by one, keeping its value; false when the key has none. */
  public static boolean raiseVersion(Store store, Key key) {
    Entry held = store.newest(key);
    if (held == null || held.isTombstone()) {
      return false;
    }
    replace(store, new Mutation(key, held.value(), held.epoch(), held.version() + 1));
    return true;
  }

  private static void replace(Store store, Mutation mutation) {
    Entry held = store.newest(mutation.key());
    if (held != null) {
      store.remove(mutation.key(), held.epoch(), held.version());
    }
    store.apply(mutation);
  }
}
