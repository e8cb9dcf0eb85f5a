package io.quorate.core.sim;

import java.util.List;

/** Faults planted in values that end, in writes of several keys, and in those that are repeated. */
final class WriteMutants {

  private WriteMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "values end early",
            "Leader.java",
            "expiries().due(clock.millis(nowNanos), ",
            "expiries().due(clock.millis(nowNanos) + 3, "),
        Mutant.of(
            "values never end",
            "Leader.java",
            "expiries().due(clock.millis(nowNanos), MOST_ENDED_LOOKED_AT)",
            "expiries().due(clock.millis(nowNanos), 0)"),
        Mutant.of(
            "the end of a value outlives its replacement",
            "Expiries.java",
            "earliestFirst.remove(new End(ended.expiresAtMillis(), key));",
            "earliestFirst.size();"),
        Mutant.of(
            "the leader's clock stands still",
            "LeaderClock.java",
            "return beganMillis + (nowNanos - beganNanos) / NANOS_PER_MILLI;",
            "return beganMillis + nowNanos - nowNanos;"),
        Mutant.of(
            "a value is deleted with no quorum",
            "Leader.java",
            "return required == 0 ? 0 : ",
            "return required >= 0 ? 0 : "),
        Mutant.of(
            "an end is lost in a snapshot",
            "SnapshotReader.java",
            "newest.toMutation(key) : null;",
            "new Mutation(key, newest.value(), newest.epoch(), newest.version()) : null;"),
        Mutant.of(
            "an end is lost when it is given",
            "Mutations.java",
            "ttlMillis == 0 ? 0 : timeMillis + ttlMillis;",
            "0;"),
        Mutant.of(
            "a write is handed to a follower in parts",
            "CatchUp.java",
            "outbox.append(follower.follower, lifeOf(follower), write);",
            "write.forEach(each ->\n"
                + "            outbox.append(follower.follower, lifeOf(follower), List.of(each)));"),
        Mutant.of(
            "a follower stores the mutations of a write apart",
            "NodeState.java",
            "applied.through());\n      disk.storedTogether(write);",
            "applied.through());\n      write.forEach(disk::stored);"),
        Mutant.of(
            "a leader stores the mutations of a write apart",
            "NodeState.java",
            "    } else {\n      disk.storedTogether(write);",
            "    } else {\n      write.forEach(disk::stored);"),
        Mutant.of(
            "a follower applies the end of a write only",
            "Follower.java",
            "state.apply(write);",
            "state.apply(write.subList(write.size() - 1, write.size()));"),
        Mutant.of(
            "only the last mutation of a write is confirmed",
            "GivenWrites.java",
            "store.confirmTogether(mutations);",
            "store.confirm(write.last());"),
        Mutant.of(
            "a difference is held before it is complete",
            "NodeState.java",
            "      arriving.stage(mutation);\n",
            "      arriving.stage(mutation);\n      store.apply(mutation);\n"),
        Mutant.of(
            "a part of what is written together while a snapshot is read is shown",
            "SnapshotReader.java",
            "      for (Key key : keysAgain) {",
            "      for (Key key : Set.<Key>of()) {"),
        Mutant.of(
            "too much to stage is there before it is complete",
            "NodeState.java",
            "    whole = false;\n    putStaged(arriving);",
            "    putStaged(arriving);"),
        Mutant.of(
            "the receipt of a skipped mutation is not kept",
            "NodeState.java",
            "    seen(mutation);\n    if (newer || mutation.attributes().receipt() != null) {",
            "    lastVersion = Math.max(lastVersion, mutation.version());\n"
                + "    if (newer || mutation.attributes().receipt() != null) {"),
        Mutant.of(
            "the receipt of a skipped mutation is not on the disk",
            "NodeState.java",
            "if (newer || mutation.attributes().receipt() != null) {",
            "if (newer) {"),
        Mutant.of(
            "receipts are not in snapshots",
            "SnapshotReader.java",
            "if (receipt.version() > head.since()) {",
            "if (receipt.version() < head.since()) {"),
        Mutant.rare(
            "a snapshot shows a receipt of a write that it does not show",
            "SnapshotReader.java",
            "write.size() == 1 && write.get(0).attributes().receipt() == null;",
            "write.size() == 1;"),
        Mutant.of(
            "receipts of a copy of the state are left out",
            "StateReplay.java",
            "      state.store().receipts().add(mutation);\n    } else {",
            "      state.isBlank();\n    } else {"),
        Mutant.of(
            "a repeat is carried out again under a later leadership",
            "GivenWrites.java",
            "if (once == null || given == null || receipt == null) {",
            "if (once == null || given == null || receipt == null || given.epoch() != epoch()) {"),
        Mutant.of(
            "a repeat is carried out again once its write is confirmed",
            "GivenWrites.java",
            "      RepeatedWrites.answerConfirmed(given, holders.applyAsLong(given.version()), asked);",
            "      return false;"),
        Mutant.of(
            "a repeat is answered before its write is confirmed",
            "GivenWrites.java",
            "    if (write != null) {\n      repeated",
            "    if (write != null && asked.required() < 0) {\n      repeated"),
        Mutant.of(
            "a repeat of what was taken over is confirmed by one follower fewer than it asks for",
            "RepeatedWrites.java",
            "return given.attributes().required() <= mostHolders;",
            "return given.attributes().required() <= mostHolders + 1;"),
        Mutant.of(
            "a repeat of what was taken over is confirmed at once",
            "RepeatedWrites.java",
            "return given.attributes().required() <= mostHolders;",
            "return given != null;"),
        Mutant.of(
            "what a repeat asks for is not compared",
            "GivenWrites.java",
            "if (!receipt.payload().equals(once.payload())) {",
            "if (receipt.payload() == null) {"),
        Mutant.of(
            "receipts are forgotten too early by followers",
            "Follower.java",
            "receipts().forgetThrough(hello.receiptFloor());",
            "receipts().forgetThrough(hello.receiptFloor() + 20);"),
        Mutant.of(
            "receipts are never forgotten by followers",
            "Follower.java",
            "receipts().forgetThrough(hello.receiptFloor());",
            "receipts().forgetThrough(0);"),
        Mutant.of(
            "the clocks of two leaders are compared",
            "ReceiptTimes.java",
            "nextMillis - writtenMillis(taken)",
            "nextMillis - nextMillis"),
        Mutant.of(
            "receipts of an earlier leadership are forgotten when a later one begins",
            "ReceiptTimes.java",
            "nextMillis - writtenMillis(taken)",
            "nextMillis - writtenMillis(taken) - keptMillis"),
        Mutant.of(
            "receipts know no limit",
            "Admission.java",
            "kept >= limits.receipts()",
            "kept > 2 * limits.receipts()"));
  }
}
