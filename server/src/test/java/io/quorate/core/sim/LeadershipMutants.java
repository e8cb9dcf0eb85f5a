package io.quorate.core.sim;

import java.util.List;

/** Faults planted in what a node does with its disk, and in how it comes to lead. */
final class LeadershipMutants {

  private LeadershipMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "an append is acknowledged before the disk has settled",
            "Answers.java",
            "follower.onAppend(append, nowNanos);\n    settling.then(() -> answer.accept(report));",
            "follower.onAppend(append, nowNanos);\n    answer.accept(report);"),
        Mutant.of(
            "a skipped write is acknowledged before the newer one is settled",
            "Answers.java",
            "follower.onAppend(append, nowNanos);\n    settling.then(() -> answer.accept(report));",
            """
            follower.onAppend(append, nowNanos);
                boolean skipped = true;
                for (Mutation mutation : append.mutations()) {
                  Entry held = state.store().newest(mutation.key());
                  skipped &= held != null && !held.is(mutation);
                }
                if (skipped) {
                  answer.accept(report);
                } else {
                  settling.then(() -> answer.accept(report));
                }
            """),
        Mutant.of(
            "a snapshot is acknowledged before the disk has settled",
            "Answers.java",
            "follower.onSnapshot(chunk, nowNanos);\n    settling.then(() -> answer.accept(report));",
            "follower.onSnapshot(chunk, nowNanos);\n    answer.accept(report);"),
        Mutant.of(
            "the leader confirms before its own disk has settled",
            "Write.java",
            "return diskPosition <= position || required == 0;",
            "return diskPosition <= position || required >= 0;"),
        Mutant.of(
            "an epoch is granted twice",
            "Follower.java",
            "request.candidate().epoch() <= state.granted().epoch()",
            "request.candidate().epoch() < state.granted().epoch()"),
        Mutant.of(
            "a grant is answered before the disk has settled",
            "Answers.java",
            "roles.onGranted(nowNanos);\n    settling.then(() -> answer.accept(report));",
            "roles.onGranted(nowNanos);\n    answer.accept(report);"),
        Mutant.of(
            "appends of an older epoch are taken",
            "Follower.java",
            "\n        || !append.leadership().equals(state.granted())) {",
            ") {"),
        Mutant.of(
            "versions are compared without their epochs",
            "Token.java",
            "return epoch != otherEpoch ? epoch > otherEpoch : version > otherVersion;",
            "return version != otherVersion ? version > otherVersion : epoch > otherEpoch;"),
        Mutant.of(
            "what nodes of other epochs hold is merged",
            "StateTaking.java",
            "if (grant.leadership().equals(state.reign().leadership())) {",
            "if (grant.counts()) {"),
        Mutant.of(
            "nothing is merged but the state of the furthest",
            "StateTaking.java",
            "if (grant.lastVersion() > through) {",
            "if (grant.lastVersion() < 0) {"),
        Mutant.of(
            "the state of whoever granted first is taken",
            "StateTaking.java",
            "|| isFurther(grant, best.leadership(), best.appliedVersion())) {",
            ") {"),
        Mutant.of(
            "a node that lost its data counts",
            "Report.java",
            "return whole && !isBlank();",
            "return whole;"),
        Mutant.of(
            "a node with half a snapshot counts",
            "Report.java",
            "return whole && !isBlank();",
            "return !isBlank();"),
        Mutant.of(
            "a node with half a snapshot takes itself for whole",
            "NodeState.java",
            "    whole &= !arriving.isInPlace();\n",
            ""),
        Mutant.rare(
            "a follower is level by what was said to an earlier process",
            "Follower.java",
            "levelVersion == UNKNOWN && hello.life().equals(life)",
            "levelVersion == UNKNOWN"),
        Mutant.of(
            "half a snapshot is gone on with, whichever it was",
            "CatchUp.java",
            "\n        || report.install().attempt() != snapshot.head().attempt()",
            ""),
        Mutant.of(
            "half a snapshot is gone on with though deletes were forgotten",
            "CatchUp.java",
            "\n        || writes.tombstoneFloor() > snapshot.tombstonesNeededAbove()",
            ""),
        Mutant.of(
            "a chunk of another snapshot is taken for the one that is awaited",
            "SnapshotInstall.java",
            "return is(chunk.head()) && chunk.number() == nextNumber;",
            "return chunk.number() == nextNumber;"),
        Mutant.of(
            "one grant too few is enough",
            "Candidacy.java",
            ": grants >= electorate.needed();",
            ": grants >= electorate.needed() - 1;"),
        Mutant.of(
            "a majority is enough whatever the least quorum",
            "Grants.java",
            "return Math.max(followers - least + 1, nodes / 2 + 1);",
            "return nodes / 2 + 1;"),
        Mutant.of(
            "a leadership begins at what was taken over without gaps",
            "Candidacy.java",
            "Math.max(1, Math.max(electorate.newestVersion(), taken.highest()));",
            "Math.max(1, state.applied().through());"),
        Mutant.of(
            "a leader serves before followers have entered",
            "LeaderTerms.java",
            "return granted ? Math.min(leastQuorum, followers) : 0;",
            "return 0;"),
        Mutant.of(
            "confirmed reads need no lease",
            "Leader.java",
            "sentNanos == null ? Long.MIN_VALUE : sentNanos + terms.leaseNanos();",
            "Long.MAX_VALUE;"),
        Mutant.rare(
            "a lease runs from the answer, not from the question",
            "Replicator.java",
            "follower.leaseFromNanos = follower.helloSentNanos;",
            "follower.leaseFromNanos = follower.lastContactNanos;"),
        Mutant.rare(
            "a lease has no margin for the clocks",
            "Lease.java",
            "return leaseNanos + leaseNanos / RATE_PART;",
            "return leaseNanos;"),
        Mutant.of(
            "a lease is no hindrance",
            "Follower.java",
            "} else if (!request.force()) {",
            "} else if (nowNanos < 0) {"),
        Mutant.of(
            "deletes that were forgotten are missing in a difference",
            "NodeState.java",
            " || collected > through) {",
            ") {"),
        Mutant.of(
            "a difference is sent to one that holds more than its leader",
            "NodeState.java",
            "if (!merged && other.lastVersion() > through) {",
            "if (!merged && other.lastVersion() < 0) {"),
        Mutant.of(
            "a difference is sent to one that went further than was taken over",
            "NodeState.java",
            "return through <= ancestor.through() ? through : 0;",
            "return through;"),
        Mutant.of(
            "entering drops only what is not above the snapshot",
            "SnapshotInstall.java",
            "entering || held.version() <= head.version();",
            "held.version() <= head.version();"),
        Mutant.of(
            "whether a snapshot went in place is found anew when the log is read",
            "StateReplay.java",
            "state.takeShown(mutation);",
            "state.show(mutation);"),
        Mutant.of(
            "what is left of a snapshot that came to nothing stays beside another's",
            "NodeState.java",
            "        leaveReign();\n",
            ""),
        Mutant.rare(
            "what a snapshot has shown beyond its version does not count as seen",
            "NodeState.java",
            "    seenThrough(arriving.newestShown());\n    if (head.isWhole()) {",
            "    if (head.isWhole()) {"),
        Mutant.rare(
            "one that lost its data is let in whoever else may lead",
            "Replicator.java",
            "return !terms.granted()\n",
            "return sinceNanos != 0\n        || !terms.granted()\n"),
        Mutant.of(
            "one that granted to a loser never follows the winner",
            "Follower.java",
            "boolean won =\n",
            "boolean won =\n          epoch < 0 &&\n"),
        Mutant.of(
            "an old leader does not give way",
            "Roles.java",
            "leading.terms().granted() && leading.newer() != null",
            "leading.newer() != null && nowNanos < 0"),
        Mutant.of(
            "what was taken over counts as confirmed before it is served",
            "Leader.java",
            "&& followers.entered() >= terms.servingFollowers(followers.size())) {",
            ") {"));
  }
}
