package io.quorate.replication;

/**
 * What a node holds, in one number.
 *
 * @param appliedVersion read before the store was, so that it is never above what the digest covers
 * @param lastVersion read after: where it equals the applied version, nothing changed in between
 * @param keys live keys
 * @param digest hexadecimal, 256 bits; the same on every node that holds the same live (key, value,
 *     version)
 */
public record StoreDigest(
    String id, long appliedVersion, long lastVersion, long keys, String digest) {}
