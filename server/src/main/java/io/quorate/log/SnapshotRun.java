package io.quorate.log;

import io.quorate.core.Mutation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot being written to the data directory, beside the log. It is under its name only when it
 * is whole, on the disk, was read back, and shows nothing that the log on the disk has not; older
 * ones, and segments that it makes needless, go only after that. One thread, but for {@link #told}.
 */
public final class SnapshotRun {

  /** What became of a step. */
  public enum Step {
    /** There is more to do. */
    MORE,
    /** {@link SnapshotRun#told} has to be called, on the thread that tells; then go on. */
    WAITS_FOR_TELLER,
    /** The log has first to be forced further: have it drained, and go on. */
    WAITS_FOR_LOG,
    /** It is complete, and older ones are gone. */
    DONE,
    /** It was given up; the log goes on without, and another will be due. */
    GIVEN_UP
  }

  private enum Phase {
    WRITING,
    WALKED,
    ENDING,
    FORCING_LOG,
    NAMING,
    TIDYING,
    DONE,
    GIVEN_UP
  }

  private static final long NOT_TOLD = -1;

  private final Log log;
  private final Storage storage;
  private final SnapshotFile.Head head;
  private final Iterator<Mutation> entries;
  private final SnapshotFile.Writer writer;
  private final String unfinished;
  private Phase phase = Phase.WRITING;
  private @Nullable StorageFile file;
  private SnapshotFile.@Nullable Summary summary;
  private @Nullable Exception cause;
  private long place;

  /** Position of all that was told when the walk over the entries was over. */
  private volatile long through = NOT_TOLD;

  SnapshotRun(Log log, SnapshotFile.Head head, Iterator<Mutation> entries) {
    this.log = log;
    this.storage = log.storage();
    this.head = head;
    this.entries = entries;
    this.writer = new SnapshotFile.Writer(head);
    this.unfinished = Snapshots.name(head.position()) + DataDirectory.UNFINISHED;
  }

  /** On the thread that tells: whatever the walk has seen was told by now. */
  public void told() {
    through = log.position();
  }

  /** About 256 KiB of it, or the next of its last steps. */
  public Step step() {
    try {
      phase =
          switch (phase) {
            case WRITING -> write();
            case WALKED -> through == NOT_TOLD ? Phase.WALKED : Phase.ENDING;
            case ENDING -> end();
            case FORCING_LOG ->
                log.segments().forced() < through ? Phase.FORCING_LOG : Phase.NAMING;
            case NAMING -> name();
            case TIDYING -> tidy();
            case DONE -> Phase.DONE;
            case GIVEN_UP -> Phase.GIVEN_UP;
          };
    } catch (NoSpaceException | CorruptionException wrong) {
      giveUp(wrong);
    } catch (IOException wrong) {
      // The disk is not to be trusted any more: no later snapshot may turn that into success.
      giveUp(wrong);
      log.commit().fail(wrong);
    }
    if (log.commit().hasFailed() && phase != Phase.DONE) {
      abandon();
    }
    return switch (phase) {
      case WRITING, ENDING, NAMING, TIDYING -> Step.MORE;
      case WALKED -> Step.WAITS_FOR_TELLER;
      case FORCING_LOG -> Step.WAITS_FOR_LOG;
      case DONE -> Step.DONE;
      case GIVEN_UP -> Step.GIVEN_UP;
    };
  }

  private Phase write() throws IOException {
    StorageFile out = file;
    if (out == null) {
      out = storage.create(unfinished);
      file = out;
      append(out, writer.bytes());
    }
    while (entries.hasNext()) {
      if (writer.add(entries.next())) {
        append(out, writer.bytes());
        return Phase.WRITING;
      }
    }
    return Phase.WALKED;
  }

  private void append(StorageFile out, ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    out.write(bytes, place);
    place += length;
  }

  private Phase end() throws CorruptionException, IOException {
    StorageFile out = file;
    if (out == null) {
      throw new IllegalStateException("no file was begun");
    }
    append(out, writer.end(through));
    out.force();
    out.close();
    summary = Snapshots.read(storage, unfinished, head.incarnation(), Snapshots.NOBODY);
    log.commit().want(through);
    log.queue().wake();
    return Phase.FORCING_LOG;
  }

  private Phase name() throws IOException {
    storage.rename(unfinished, Snapshots.name(head.position()));
    storage.forceDirectory();
    return Phase.TIDYING;
  }

  private Phase tidy() throws IOException {
    if (summary != null) {
      log.plan().isThere(summary);
    }
    for (String older : Snapshots.list(storage)) {
      if (older.compareTo(Snapshots.name(head.position())) < 0) {
        storage.delete(older);
      }
    }
    log.segments().segments().dropBefore(head.position());
    return Phase.DONE;
  }

  /** Gives it up. */
  public void abandon() {
    giveUp(null);
  }

  private void giveUp(@Nullable Exception wrong) {
    if (phase == Phase.DONE || phase == Phase.GIVEN_UP) {
      return;
    }
    cause = wrong;
    phase = Phase.GIVEN_UP;
    log.plan().givenUp(log.nanoTime());
    try {
      if (file != null) {
        file.close();
      }
      storage.delete(unfinished);
    } catch (IOException alsoWrong) {
      if (wrong != null) {
        wrong.addSuppressed(alsoWrong);
      }
    }
  }

  /** Why it was given up; null when it was not, or when somebody asked for it. */
  public @Nullable Exception cause() {
    return cause;
  }

  /** One line about it. */
  public String text() {
    return "snapshot of %d entries, %d bytes, at version %d"
        .formatted(writer.entries(), place, head.state().lastVersion());
  }
}
