package io.quorate.core;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and mutations for tests, of epoch 1. */
final class Writes {

  /** Remembers what it was told. */
  static final class Told implements Waiter {
    final List<Answer> answers = new ArrayList<>();
    final List<Refusal> refusals = new ArrayList<>();

    @Override
    public void answered(Write write, Answer answer) {
      answers.add(answer);
    }

    @Override
    public void refused(Refusal refusal) {
      refusals.add(refusal);
    }
  }

  private Writes() {}

  static Write put(String key, int valueBytes, long version) {
    return waited(key, valueBytes, version, 1, Long.MAX_VALUE, new Told());
  }

  static Write waited(
      String key, int valueBytes, long version, int required, long deadlineNanos, Waiter waiter) {
    Mutation mutation = new Mutation(Key.of(key), new byte[valueBytes], 1, version);
    return new Write(List.of(mutation), required, deadlineNanos, waiter);
  }

  static Mutation mutation(String key, @Nullable String value, long epoch, long version) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    return new Mutation(Key.of(key), bytes, epoch, version);
  }
}
