package io.quorate.core.sim;

import java.util.List;
import java.util.stream.Stream;

/**
 * A fault planted in the production sources.
 *
 * @param rare whether it shows only once in many thousands of seeds, so that the soak looks for it
 * @param edits replacements of exact texts, each found exactly once
 */
record Mutant(String name, boolean rare, List<Edit> edits) {

  /** In {@code file} of the core, {@code text} becomes {@code replacement}. */
  record Edit(String file, String text, String replacement) {}

  static Mutant of(String name, String file, String text, String replacement) {
    return new Mutant(name, false, List.of(new Edit(file, text, replacement)));
  }

  static Mutant rare(String name, String file, String text, String replacement) {
    return new Mutant(name, true, List.of(new Edit(file, text, replacement)));
  }

  /** Each breaks a promise of the design, and nothing but the promise tells. */
  static List<Mutant> all() {
    return Stream.of(replication(), LeadershipMutants.all(), FeedMutants.all(), WriteMutants.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> replication() {
    return List.of(
        of(
            "a duplicate acknowledgement counts twice",
            "Write.java",
            "acknowledgedBy |= 1L << follower;",
            "acknowledgedBy |= 1L << ((acknowledgedBy >> follower & 1) == 0 ? follower : 63);"),
        of(
            "an acknowledgement of a dead incarnation counts",
            "Replicator.java",
            "if (follower.hasLeft(report.life())) {\n      return false;",
            "if (follower.hasLeft(report.life())) {\n"
                + "      return report.verdict() == Report.Verdict.ACCEPTED;"),
        of(
            "a dead incarnation is believed, and a lost hello",
            "Replicator.java",
            List.of(
                "if (!follower.helloUnderWay || follower.helloNumber != helloNumber) {",
                "if (helloNumber < 0) {",
                "if (follower.hasLeft(report.life())) {\n      lose(follower, nowNanos);",
                "if (helloNumber < 0) {\n      lose(follower, nowNanos);")),
        of(
            "a condition is not looked at",
            "GivenWrites.java",
            "if (change.condition().isNone()) {",
            "if (change != null) {"),
        of(
            "a condition is checked against the newest confirmed",
            "GivenWrites.java",
            "Entry newest = store.newest(change.key());",
            "Entry newest = store.confirmed(change.key());"),
        of(
            "a condition counts as unmet before what it saw is certain",
            "GivenWrites.java",
            "if (newest == null || !isPending(newest)) {",
            "if (newest == null || asked != null) {"),
        of(
            "a condition counts as unmet when an older write of the key is confirmed",
            "UnmetConditions.java",
            "if (unmet.seenVersion > mutation.version()) {",
            "if (unmet.seenVersion < 0) {"),
        of(
            "a reader who waits for a version is told when it was seen",
            "NodeState.java",
            "token.version() <= applied.through()",
            "token.version() <= lastVersion"),
        of(
            "the version guard is ignored",
            "Store.java",
            "if (held != null && !held.isOlderThan(mutation)) {",
            "if (held != null && held.is(mutation)) {"),
        of(
            "a follower collects tombstones before it has passed them",
            "Follower.java",
            "Math.min(tombstoneFloor, state.applied().through())",
            "tombstoneFloor"),
        of(
            "a tombstone goes while an older write of its key is pending",
            "GivenWrites.java",
            "\n        && !pending.hasOlder(delete.key(), delete.version())",
            ""),
        of(
            "a tombstone goes that a snapshot under way has still to show",
            "GivenWrites.java",
            "\n        && !neededBySnapshot.test(oldest.version())",
            ""),
        of(
            "one acknowledgement too few confirms",
            "Write.java",
            "return acknowledgements() >= required;",
            "return acknowledgements() + 1 >= required;"),
        of(
            "a key whose first write is a delete is never listed",
            "Store.java",
            List.of(
                "index.add(key);",
                "if (!entry.isTombstone()) {\n        index.add(key);\n      }",
                "index.remove(key);",
                "List<Key> listed = new ArrayList<>();\n      index.walk(key, listed::add);\n"
                    + "      if (listed.contains(key)) {\n        index.remove(key);\n      }")),
        of(
            "confirmed readers see what is only given",
            "Store.java",
            "given.setConfirmed(held == null ? null : confirmed(held));",
            "given.setConfirmed(given);"),
        of(
            "an older write, confirmed later, is shown to confirmed readers",
            "Store.java",
            "if (confirmed == null || confirmed.isOlderThan(mutation)) {",
            "if (confirmed == null || !confirmed.is(mutation)) {"),
        of(
            "a snapshot leaves out pending writes",
            "SnapshotReader.java",
            "Entry newest = store.newest(key);",
            "Entry newest = store.confirmed(key);"),
        of(
            "a snapshot keeps what it should drop",
            "NodeState.java",
            "arriving.dropUnseen(store);",
            ""),
        of(
            "a snapshot overwrites newer values",
            "SnapshotInstall.java",
            "    if (replacesAll()) {\n      store.put(mutation);",
            "    if (head.isWhole()) {\n      store.put(mutation);"),
        of(
            "a snapshot counts as applied before its last chunk",
            "Follower.java",
            "if (chunk.last()) {",
            "if (chunk.number() == 0) {"),
        rare(
            "a late chunk of an old snapshot is taken",
            "Follower.java",
            "entered && head.version() <= state.applied().through();",
            "entered && head.version() < 0;"),
        of(
            "acknowledgements of pending writes outlive a reset",
            "Replicator.java",
            "writes.withdraw(follower.follower);",
            ""),
        of(
            "the acknowledged versions outlive a reset",
            "FollowerProgress.java",
            "acknowledged.clear();",
            ""),
        of(
            "the applied version runs over gaps",
            "NodeState.java",
            "disk.skipped(mutation.version());\n    }\n    applied.add(mutation.version());",
            "disk.skipped(mutation.version());\n    }\n    applied.addThrough(mutation.version());"),
        of(
            "what was lost with a session is not sent again",
            "Replicator.java",
            "follower.next = follower.acknowledged.through() + 1;",
            "follower.next = writes.lastVersion() + 1;"),
        of(
            "a follower merges data of another leadership",
            "Follower.java",
            "(newer && (hello.granted() || state.isEmpty()))",
            "newer"),
        of(
            "a restarted leader leads over data of others",
            "Election.java",
            "answered() < needed || !holders().isEmpty()",
            "answered() < needed"),
        of(
            "a write is given up before its deadline",
            "PendingWrites.java",
            "if (write.deadlineNanos() <= nowNanos) {",
            "if (write.deadlineNanos() <= nowNanos + 2_000_000) {"),
        of("a waiter is answered again", "Write.java", "    waiter = null;\n", ""),
        of(
            "a quorum counts for another follower than the one that completed it",
            "GivenWrites.java",
            "completions.count(write.required(), write.completedBy());",
            "completions.count(write.required(), write.completedBy() / 2);"),
        of(
            "a quorum completed after the deadline is not counted",
            "GivenWrites.java",
            "if (write.required() > 0) {",
            "if (write.required() > 0 && !write.isOverdue()) {"),
        of(
            "a snapshot begins beside a full window",
            "CatchUp.java",
            "    openSession(follower);\n",
            ""),
        of(
            "the window knows no limit",
            "CatchUp.java",
            "return inFlight == 0",
            "return inFlight >= 0"),
        of("the backlog knows no limit", "Backlog.java", "    dropBeyond(limitBytes);\n", ""),
        of(
            "a range of acknowledgements runs over a gap",
            "VersionRanges.java",
            "bounds[used - 1] + 1 == first",
            "bounds[used - 1] < first"),
        of(
            "versions between two ranges count as held",
            "VersionSet.java",
            "before >= 0 && lasts[before] == version - 1;",
            "before >= 0;"),
        of(
            "a pending write is taken for another of its slot",
            "PendingWrites.java",
            "while (write != null && write.version() != version) {",
            "while (write != null && write.version() < 0) {"),
        of(
            "a full chunk of the backlog is written over",
            "Backlog.java",
            "chunk = new Chunk(Math",
            "chunk = bytes <= chunk.array.length ? chunk : new Chunk(Math"),
        of(
            "the backlog's rings grow and move nothing",
            "Backlog.java",
            "if (to != from) {",
            "if (to < 0) {"),
        of(
            "a batch is sent one version short where two chunks of the backlog meet",
            "Backlog.java",
            "while (version < to && chunks[slot(version + 1)] == holding) {",
            "while (version < to) {"));
  }

  /** Several replacements in one file: text, replacement, text, replacement. */
  private static Mutant of(String name, String file, List<String> texts) {
    return new Mutant(
        name,
        false,
        List.of(
            new Edit(file, texts.get(0), texts.get(1)),
            new Edit(file, texts.get(2), texts.get(3))));
  }
}
