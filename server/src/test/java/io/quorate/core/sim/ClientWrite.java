package io.quorate.core.sim;

import io.quorate.core.Entry;
import io.quorate.core.Mutation;
import io.quorate.core.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One mutation that a leadership has accepted. */
final class ClientWrite {

  final int key;
  final byte @Nullable [] value;
  final int required;
  final Token token;

  /** Wall time at which it ends; 0 where it does not. */
  final long expiresAtMillis;

  /** Whether it is the delete of what has ended, which nobody asked for. */
  final boolean isExpiry;

  /** Whose write it is. */
  final Ledger ledger;

  /** All that were given as one, itself among them, in the order of their versions. */
  final List<ClientWrite> together;

  /** Whether its quorum has truly had all of them, at some time, in the followers' stores. */
  boolean hadQuorum;

  /** Whether a client was told that it is confirmed. */
  boolean toldConfirmed;

  /** Whether its client was told that it is not confirmed in time. */
  boolean toldUnconfirmed;

  private ClientWrite(
      Ledger ledger, int key, Mutation mutation, int required, List<ClientWrite> together) {
    this.ledger = ledger;
    this.key = key;
    this.value = mutation.value();
    this.required = required;
    this.token = mutation.token();
    this.expiresAtMillis = mutation.attributes().expiresAtMillis();
    this.isExpiry = mutation.attributes().expiry();
    this.together = together;
  }

  /** Those that one write has given. */
  static List<ClientWrite> of(
      Oracle oracle, Ledger ledger, List<Mutation> mutations, int required) {
    List<ClientWrite> together = new ArrayList<>();
    for (Mutation mutation : mutations) {
      int key = oracle.keys.indexOf(mutation.key());
      together.add(new ClientWrite(ledger, key, mutation, required, together));
    }
    return together;
  }

  /** By its version the whole write is told. */
  ClientWrite last() {
    return together.get(together.size() - 1);
  }

  boolean isDelete() {
    return value == null;
  }

  /** Whether the entry is what this write leaves. */
  boolean matches(Entry entry) {
    return entry.token().equals(token)
        && Arrays.equals(entry.value(), value)
        && entry.expiresAtMillis() == expiresAtMillis;
  }

  /** Whether the entry is this write or newer. */
  boolean isIn(Entry entry) {
    return entry.token().compareTo(token) >= 0;
  }

  @Override
  public String toString() {
    return (isExpiry ? "expiry of" : isDelete() ? "delete" : "put")
        + " key"
        + key
        + " @"
        + token
        + " w="
        + required
        + (expiresAtMillis == 0 ? "" : " until " + expiresAtMillis)
        + (together.size() == 1 ? "" : " with " + last().token + " in the end");
  }
}
