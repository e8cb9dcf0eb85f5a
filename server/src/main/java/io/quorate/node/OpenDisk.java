package io.quorate.node;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.quorate.core.Lease;
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
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's data directory, opened and read: its state is what was kept there.
 *
 * @param incarnation of the data
 * @param keeping the log, which writes nothing before {@link #start}
 * @param events what the log tells, once somebody listens
 */
record OpenDisk(long incarnation, Keeping keeping, Events events) {

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
      noteLease(directory, config.leaseNanos());
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
      return new OpenDisk(directory.incarnation(), keeping, events);
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
      throw new CannotStartException("DATA_DIR: " + path + " cannot be used: " + unusable);
    }
  }

  /**
   * A leader that cannot reach this node may still count on what its latest process said, for
   * longer than the core knows of if the lease was longer then: first that one has to be over.
   */
  private static void noteLease(DataDirectory directory, long leaseNanos) throws IOException {
    long earlierNanos = directory.leaseNanos();
    if (earlierNanos > leaseNanos) {
      long waitMillis = NANOSECONDS.toMillis(Lease.withMargin(earlierNanos)) + 1;
      LOG.info(
          "LEASE_MS was {} until now, and a leader may count on it: this node starts in {} ms",
          NANOSECONDS.toMillis(earlierNanos),
          waitMillis);
      try {
        Thread.sleep(waitMillis);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("stopped while it waited for an earlier lease");
      }
    }
    directory.noteLease(leaseNanos);
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
