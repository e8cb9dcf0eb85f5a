package io.quorate.node;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.quorate.core.NodeState;
import io.quorate.log.CorruptionException;
import io.quorate.log.DataDirectory;
import io.quorate.log.Log;
import io.quorate.log.LogThreads;
import io.quorate.log.Recovered;
import io.quorate.log.RefusedException;
import io.quorate.replication.Fatal;
import io.quorate.replication.Keeping;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's data directory, opened and read: its state is what was kept there.
 *
 * @param incarnation of the data
 * @param earlierLeaseNanos for how long an earlier process gave its word to a leader; 0 for none
 * @param keeping the log, which writes nothing before {@link #start}
 * @param events what the log tells, once somebody listens
 */
record OpenDisk(long incarnation, long earlierLeaseNanos, Keeping keeping, Events events) {

  private static final Logger LOG = LoggerFactory.getLogger(OpenDisk.class);

  /** Passes on what the log tells on its thread. */
  static final class Events implements Log.Listener {
    private volatile @Nullable LongConsumer listener;

    @Override
    public void settled(long position) {
      LongConsumer told = listener;
      if (told != null) {
        told.accept(position);
      }
    }

    @Override
    public void failed(IOException cause) {
      Fatal.diskFailed(String.valueOf(cause.getMessage()));
    }
  }

  /**
   * Opens the directory, or makes it.
   *
   * @param state takes what was kept
   * @param loop owns the state
   * @param newIncarnation random, of a directory that is made now
   * @throws CannotStartException in one line, why it cannot be had or trusted
   */
  static OpenDisk open(
      NodeConfig config, Path path, NodeState state, Executor loop, long newIncarnation)
      throws CannotStartException {
    try {
      DataDirectory directory = DataDirectory.open(path, config.minWriteQuorum(), newIncarnation);
      long earlierLeaseNanos = noteLease(directory, config.leaseNanos());
      Events events = new Events();
      Log log = new Log(directory, config.log(), System::nanoTime, events);
      Recovered recovered = log.replay(state.replay());
      if (recovered.droppedBytes() > 0) {
        LOG.warn("{}: {}", directory.name(), recovered.text());
      } else {
        LOG.info("{}: {}", directory.name(), recovered.text());
      }
      state.attach(log);
      Keeping keeping = new Keeping(log, new LogThreads(log, loop), config.log().fsync());
      return new OpenDisk(directory.incarnation(), earlierLeaseNanos, keeping, events);
    } catch (RefusedException refused) {
      throw new CannotStartException("DATA_DIR: " + refused.getMessage());
    } catch (CorruptionException corrupt) {
      throw new CannotStartException(
          "DATA_DIR: "
              + path
              + " is damaged, and nothing of it is served: "
              + corrupt.getMessage()
              + "; move the directory away and start again: the node is rebuilt from its peers");
    } catch (IOException unusable) {
      throw new CannotStartException(
          "DATA_DIR: "
              + path
              + " cannot be used: "
              + FileFailure.inWords(unusable)
              + "; takes "
              + Variable.DATA_DIR.takes);
    }
  }

  /**
   * A leader that cannot reach this node may still count on what its latest process said: a shorter
   * lease is noted only when that is over.
   *
   * @return for how long that process gave its word
   */
  private static long noteLease(DataDirectory directory, long leaseNanos) throws IOException {
    long earlierNanos = directory.leaseNanos();
    if (earlierNanos <= leaseNanos) {
      directory.noteLease(leaseNanos);
      return earlierNanos;
    }
    // Longer than that by the margin between two clocks, and more.
    long laterNanos = 2 * earlierNanos;
    LOG.info(
        "LEASE_MS was {} until now, and a leader may count on it: this node grants nothing before"
            + " that is over",
        NANOSECONDS.toMillis(earlierNanos));
    CompletableFuture.delayedExecutor(laterNanos, NANOSECONDS)
        .execute(() -> noteShorter(directory, leaseNanos));
    return earlierNanos;
  }

  private static void noteShorter(DataDirectory directory, long leaseNanos) {
    try {
      directory.noteLease(leaseNanos);
    } catch (IOException failed) {
      LOG.warn("LEASE_MS is not noted in {}, where the longer stays", directory.name(), failed);
    }
  }

  /** Begins to write what is told, and to tell what is settled. */
  void start(LongConsumer settled) {
    events.listener = settled;
    LogThreads threads = keeping.threads();
    if (threads != null) {
      threads.start();
    }
  }
}
