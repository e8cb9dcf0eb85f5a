package io.quorate.replication;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.quorate.core.Append;
import io.quorate.core.Condition;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.MetLeader;
import io.quorate.core.Mutation;
import io.quorate.core.Refusal;
import io.quorate.core.Report;
import io.quorate.core.VersionRanges;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import io.quorate.jmh.Expect;
import io.quorate.jmh.LoopThreads;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A batch of puts of 64 bytes between leader and follower, and the report that answers it: bytes
 * and back, without HTTP.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {
      LoopThreads.EXECUTOR,
      LoopThreads.EXECUTOR_CLASS,
      LoopThreads.NO_LEAK_DETECTION
    })
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BatchBenchmark {

  private static final Leadership LEADERSHIP = new Leadership(1, 42);
  private static final Life LIFE = new Life(1, 1);

  /** How many are in the batch. */
  @Param({"1", "16", "256"})
  public int mutations;

  private final Leader leader = new MetLeader(1, (follower, life, write) -> {}).leader();
  private final BatchEncoder encoder = new BatchEncoder(() -> leader);
  private List<Mutation> batch;
  private Report report;
  private ByteBuf encodedAppend;
  private ByteBuf encodedReport;

  /** Makes the messages, and checks that they are read as they were written. */
  @Setup
  public void make() {
    batch = PeerMessages.puts(1, mutations);
    for (Mutation mutation : batch) {
      leader.put(
          new WriteRequest(
              mutation.key(), mutation.value(), Condition.NONE, 0, Long.MAX_VALUE, new Unheard()),
          0);
    }
    Expect.equal((long) mutations, leader.lastVersion());
    report =
        new Report(
            Report.Verdict.ACCEPTED,
            LIFE,
            LEADERSHIP,
            mutations,
            mutations,
            new VersionRanges().add(1, mutations));
    encodedAppend = ByteBufAllocator.DEFAULT.directBuffer();
    ReplicationFormat.writeAppendHead(encodedAppend, new Append(LEADERSHIP, LIFE, 0, 0, batch));
    Bytes.writeMutations(encodedAppend, batch);
    encodedReport = ByteBufAllocator.DEFAULT.directBuffer();
    ReportFormat.write(encodedReport, new ReportFormat.NodeReport(report, "f0:8080"));

    List<Mutation> read = decode().mutations();
    Expect.equal(mutations, read.size());
    Expect.equal((long) mutations, read.get(mutations - 1).version());
    Expect.equal(report, decodeReport());
    ByteBuf written = ByteBufAllocator.DEFAULT.buffer();
    Bytes.writeMutations(written, batch);
    Expect.equal(written.readableBytes(), encode());
    written.release();
    Expect.equal(encodedReport.writerIndex(), encodeReport());
  }

  /** The messages go back to their allocator. */
  @TearDown
  public void release() {
    encodedAppend.release();
    encodedReport.release();
  }

  /** The leader writes the mutations of a batch, which it encoded when it gave them. */
  @Benchmark
  public int encode() {
    ByteBuf encoded = ByteBufAllocator.DEFAULT.buffer(encodedAppend.writerIndex());
    encoder.encode(batch, encoded);
    int bytes = encoded.readableBytes();
    encoded.release();
    return bytes;
  }

  /** The follower decodes it. */
  @Benchmark
  public Append decode() {
    return ReplicationFormat.readAppend(encodedAppend.readerIndex(0));
  }

  /** The follower encodes its report. */
  @Benchmark
  public int encodeReport() {
    ByteBuf encoded = ByteBufAllocator.DEFAULT.buffer();
    ReportFormat.write(encoded, new ReportFormat.NodeReport(report, "f0:8080"));
    int bytes = encoded.readableBytes();
    encoded.release();
    return bytes;
  }

  /** The leader decodes it. */
  @Benchmark
  public Report decodeReport() {
    return ReportFormat.read(encodedReport.readerIndex(0)).report();
  }

  /** Nobody waits for the writes that fill the backlog; each must get its version. */
  private static final class Unheard implements Waiter {
    @Override
    public void answered(Write write, Answer answer) {}

    @Override
    public void refused(Refusal refusal) {
      throw new IllegalStateException(refusal.toString());
    }
  }
}
