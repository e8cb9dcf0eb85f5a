package io.quorate.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a leader keeps receipts. Each says when its write was given by the clock of the leader
 * that gave it, and no two leaders' clocks are compared: the newest that was taken over counts as
 * given when this leadership began, and the newest of each epoch as given when the oldest of the
 * next was. So none is forgotten early, whatever the clocks show, and none that was taken over is
 * kept for longer than if it had just been given. Owned by {@link Leader}.
 */
final class ReceiptTimes {

  private final Receipts receipts;
  private final long keptMillis;

  /** What to add to the times of an earlier epoch, so that they are this leader's. */
  private final Map<Long, Long> shiftsMillis = new HashMap<>();

  /**
   * @param receipts with all that were taken over
   * @param keptMillis how long each is kept
   * @param beganMillis when this leadership began, by its clock
   */
  ReceiptTimes(Receipts receipts, long keptMillis, long beganMillis) {
    this.receipts = receipts;
    this.keptMillis = keptMillis;
    List<Mutation> takenOver = receipts.all();
    long nextMillis = beganMillis;
    for (int i = takenOver.size() - 1; i >= 0; i--) {
      Mutation taken = takenOver.get(i);
      shiftsMillis.putIfAbsent(taken.epoch(), nextMillis - writtenMillis(taken));
      nextMillis = givenMillis(taken);
    }
  }

  private static long writtenMillis(Mutation kept) {
    Receipt receipt = kept.attributes().receipt();
    return receipt == null ? 0 : receipt.givenMillis();
  }

  /** As this leader counts; those of its own epoch are its own times. */
  private long givenMillis(Mutation kept) {
    return writtenMillis(kept) + shiftsMillis.getOrDefault(kept.epoch(), 0L);
  }

  /** Forgets those whose time is over, the oldest first. */
  void forget(long timeMillis) {
    Mutation oldest = receipts.oldest();
    while (oldest != null && givenMillis(oldest) + keptMillis <= timeMillis) {
      receipts.forgetThrough(oldest.version());
      oldest = receipts.oldest();
    }
  }
}
