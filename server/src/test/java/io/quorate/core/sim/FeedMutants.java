package io.quorate.core.sim;

import java.util.List;

/** Faults in what watches are told, and in the history that it comes from. */
final class FeedMutants {

  private FeedMutants() {}

  static List<Mutant> all() {
    return List.of(
        Mutant.of(
            "a follower's watches are told what is applied",
            "Node.java",
            "feed.show(Math.min(follower.confirmedVersion(), appliedVersion()));",
            "feed.show(appliedVersion());"),
        Mutant.of(
            "a leader's watches are told what is given",
            "Node.java",
            "feed.show(serving.confirmedVersion());",
            "feed.show(serving.lastVersion());"),
        Mutant.of(
            "a leader tells that what it took over is confirmed before it serves",
            "GivenWrites.java",
            "return serves ? confirmedVersion() : 0;",
            "return confirmedVersion();"),
        Mutant.of(
            "a snapshot of the newest of each key counts as every write",
            "NodeState.java",
            "head.everyWrite() && head.since() == applied.through();",
            "head.since() == applied.through();"),
        Mutant.of(
            "what was skipped for something newer is missing in the history",
            "NodeState.java",
            "history.applied(List.of(mutation), reign",
            "if (newer) history.applied(List.of(mutation), reign"),
        Mutant.of(
            "the history goes on though a snapshot has replaced the state",
            "NodeState.java",
            "      if (entering) {\n        history.restart(epoch, head.version());\n      }\n",
            ""),
        Mutant.rare(
            "the history goes on though the state is lost",
            "NodeState.java",
            "    history.dropAllAhead();\n    history.restart(reign.leadership().epoch(), 0);\n",
            ""),
        Mutant.rare(
            "the history of a restarted node has no gaps",
            "NodeState.java",
            "      history.lose(lastVersion);\n",
            ""),
        Mutant.of(
            "a follower enters write by write though the history has lost some meanwhile",
            "SnapshotReader.java",
            " && !writes.holds(nextVersion);",
            " && nextVersion < 0;"),
        Mutant.of(
            "what was applied before its turn is not put in its place",
            "History.java",
            "while (!ahead.isEmpty() && ahead.firstKey() <= through) {",
            "while (!ahead.isEmpty() && ahead.firstKey() < through) {"),
        Mutant.of(
            "a watch passes over what did not fit",
            "Feed.java",
            "later(after, history.tokenAt(version)));",
            "later(after, shownToken));"),
        Mutant.of(
            "a watch goes on behind what it has waited for",
            "FeedWaits.java",
            "        tell(each, behind);\n",
            "        tell(each, token);\n"),
        Mutant.of(
            "a watch that waits is not told",
            "FeedWaits.java",
            "token.compareTo(each.after) > 0",
            "token.compareTo(each.after) < 0"),
        Mutant.of(
            "a watch goes on though its place is gone",
            "History.java",
            "return beginning().compareTo(after) <= 0;",
            "return after.epoch() >= 0;"));
  }
}
