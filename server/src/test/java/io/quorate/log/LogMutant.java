package io.quorate.log;

import java.util.List;

/**
 * A fault planted in the log's sources: in {@code file}, {@code text}, found exactly once, becomes
 * {@code replacement}.
 */
record LogMutant(String name, String file, String text, String replacement) {

  /** Each breaks a promise of the log, and nothing but the promise tells. */
  static List<LogMutant> all() {
    return List.of(
        new LogMutant(
            "settled before the force",
            "GroupCommit.java",
            "      if (isForceDue(now)) {\n        segments.force();\n      }\n      settle();",
            "      if (segments.written() > settled) {\n        settled = segments.written();\n        listener.settled(settled);\n      }\n      if (isForceDue(now)) {\n        segments.force();\n      }"),
        new LogMutant(
            "settled without a force",
            "GroupCommit.java",
            "case ALWAYS -> true;",
            "case ALWAYS -> false;"),
        new LogMutant(
            "a promise to other nodes is settled before the force",
            "GroupCommit.java",
            "if (segments.forced() < Math.max(wanted, promised)) {",
            "if (segments.forced() < wanted) {"),
        new LogMutant(
            "a grant is no promise",
            "Log.java",
            "    commit.promise(queue.position());\n    queue.tell(records -> records.granted(leadership));",
            "    queue.tell(records -> records.granted(leadership));"),
        new LogMutant(
            "an epoch entered is no promise",
            "Log.java",
            "    commit.promise(queue.position());\n    queue.tell(records -> records.entered(entered));",
            "    queue.tell(records -> records.entered(entered));"),
        new LogMutant(
            "the mutations of a write are records of their own",
            "RecordWriter.java",
            "    GrowingBytes record = begin(RecordFormat.Type.STORED_TOGETHER).i32(write.size());\n    write.forEach(record::mutation);\n    end();\n",
            "    write.forEach(this::stored);\n"),
        new LogMutant(
            "a failed force is tried again",
            "GroupCommit.java",
            "    if (failure.compareAndSet(null, cause)) {\n      listener.failed(cause);\n    }",
            "    if (hasFailed()) {\n      listener.failed(cause);\n    }"),
        new LogMutant(
            "a failed force is taken for done",
            "SegmentWriter.java",
            "    segment().file().force();\n",
            "    try {\n      segment().file().force();\n    } catch (IOException ignored) {\n      // planted\n    }\n"),
        new LogMutant(
            "a failed write is taken for done",
            "SegmentWriter.java",
            "    segment.file().write(group, segment.place());\n",
            "    try {\n      segment.file().write(group, segment.place());\n    } catch (IOException ignored) {\n      // planted\n    }\n"),
        new LogMutant(
            "the directory is not forced after a segment is made",
            "Spare.java",
            "        storage.forceDirectory();\n",
            ""),
        new LogMutant(
            "the directory is not forced after a snapshot got its name",
            "SnapshotRun.java",
            "    storage.forceDirectory();\n",
            ""),
        new LogMutant(
            "the directory is not forced before what is left over goes",
            "Mending.java",
            "    storage.forceDirectory();\n",
            ""),
        new LogMutant(
            "the checksum of a group is not checked",
            "GroupFormat.java",
            "return group.getInt(at + CRC) == checksum(group, at, size, segment, place);",
            "return size > 0;"),
        new LogMutant(
            "a torn end is not cut before the log goes on",
            "Mending.java",
            "      Zeros.write(file, last.place(), last.tornEnd());\n",
            ""),
        new LogMutant(
            "what was read at the start is not forced",
            "Mending.java",
            "      file.force();\n",
            ""),
        new LogMutant(
            "what a failed force left is not written again",
            "Mending.java",
            "      rewrite(file, last.unforcedFrom(), last.place());\n",
            ""),
        new LogMutant(
            "a snapshot gets its name before it is forced",
            "SnapshotRun.java",
            "    out.force();\n",
            ""),
        new LogMutant(
            "a snapshot does not wait for the log",
            "SnapshotRun.java",
            "    return Phase.FORCING_LOG;",
            "    return Phase.NAMING;"),
        new LogMutant(
            "segments go before their snapshot is proven",
            "SnapshotRun.java",
            "    append(out, writer.end(through));\n",
            "    append(out, writer.end(through));\n    log.segments().segments().dropBefore(head.position());\n"),
        new LogMutant(
            "older snapshots go before the new one is proven",
            "SnapshotRun.java",
            "    append(out, writer.end(through));\n",
            "    append(out, writer.end(through));\n    for (String older : Snapshots.list(storage)) {\n      storage.delete(older);\n    }\n"),
        new LogMutant(
            "a segment goes that the snapshot needs",
            "Segments.java",
            "full.getFirst().end() <= position",
            "full.getFirst().end() <= position + 300"),
        new LogMutant(
            "room is not checked",
            "Log.java",
            "return Math.max(0, room.bytes() - (queue.position() - room.written()) - reserve);",
            "return room.bytes() < 0 ? reserve : Long.MAX_VALUE;"),
        new LogMutant(
            "what is queued takes no room",
            "Log.java",
            "room.bytes() - (queue.position() - room.written()) - reserve",
            "room.bytes() - reserve"),
        new LogMutant(
            "room for the spare is not looked for again",
            "Spare.java",
            "return full && nowNanos - retryAtNanos < 0;",
            "return full;"),
        new LogMutant(
            "no room for the spare is a failure",
            "Spare.java",
            "      full = true;\n      retryAtNanos = nowNanos + RETRY_NANOS;\n",
            "      throw noRoom;\n"),
        new LogMutant(
            "a full segment is not forced",
            "SegmentWriter.java",
            "    force();\n    long least",
            "    long least"),
        new LogMutant(
            "a group does not tell what was forced",
            "SegmentWriter.java",
            "segment.place(), written, forced);",
            "segment.place(), written, 0);"),
        new LogMutant(
            "the end of a full segment is not compared",
            "Recovery.java",
            "    if (next.first() == reader.position()) {",
            "    if (next.first() >= reader.position()) {"),
        new LogMutant(
            "what is behind the last sound group is not looked at",
            "Recovery.java",
            "rest.laterForced() > reader.position()",
            "rest.laterForced() > Long.MAX_VALUE - 1"),
        new LogMutant(
            "a broken header is taken for an unused segment",
            "Recovery.java",
            "if (headless != null) {",
            "if (headless != null && headers.isEmpty()) {"),
        new LogMutant(
            "the interval is forgotten",
            "GroupCommit.java",
            "case INTERVAL -> now - segments.unforcedSinceNanos() >= fsync.intervalNanos();",
            "case INTERVAL -> false;"),
        new LogMutant(
            "the newest snapshot is read unchecked",
            "Recovery.java",
            "      try {\n        readable = Snapshots.read(storage, file, incarnation, Snapshots.NOBODY);",
            "      try {\n        readable = Snapshots.read(storage, file, incarnation, new Told(replay));"));
  }
}
