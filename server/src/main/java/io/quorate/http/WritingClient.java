package io.quorate.http;

import io.quorate.core.Refusal;
import io.quorate.core.Waiter;
import io.quorate.core.Write;

/** Who sent a write, answered when the leader knows how it ended. Owned by the leader's loop. */
final class WritingClient implements Waiter {

  /** How it is told to one who sent such a request. */
  interface Words {

    /** The body where the quorum has the write. */
    byte[] confirmed(Write write);

    /** Why nothing was written. */
    Problem refused(Refusal refusal, Target target);
  }

  private final Exchange exchange;
  private final Words words;
  private final HttpCounts counts;
  private final long takenNanos;
  private boolean repeats;

  /**
   * @param takenNanos when it was taken up
   */
  WritingClient(Exchange exchange, Words words, HttpCounts counts, long takenNanos) {
    this.exchange = exchange;
    this.words = words;
    this.counts = counts;
    this.takenNanos = takenNanos;
  }

  @Override
  public void repeats() {
    repeats = true;
  }

  @Override
  public void answered(Write write, Waiter.Answer answer) {
    counts.written(write.required(), System.nanoTime() - takenNanos);
    var told = WriteAnswers.answered(write, answer, words);
    exchange.answer(repeats ? told.with(WriteAnswers.REPLAYED) : told);
  }

  @Override
  public void refused(Refusal refusal) {
    exchange.refuse(words.refused(refusal, exchange.target()));
  }
}
