package io.quorate.replication;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.quorate.core.LeaderLimits;
import io.quorate.core.Life;
import io.quorate.core.Node;
import io.quorate.core.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A whole node that follows whoever says hello, on a loop that is the caller's thread. */
public final class LoopbackFollower {

  private LoopbackFollower() {}

  /** What it shows. */
  public static FollowerReplica start(Life life) {
    EmbeddedChannel channel = new EmbeddedChannel();
    long second = TimeUnit.SECONDS.toNanos(1);
    LeaderLimits limits =
        new LeaderLimits(
            1L << 30, 1L << 20, 1, 1, 1, 1, 1, 1 << 16, 1 << 16, 100, 600_000, second, second,
            second);
    List<Replica> shown = new ArrayList<>();
    new LiveNode(
            new Identity("f0:8080", "http://f0:8080", "embedded", life.incarnation(), 0),
            channel.eventLoop(),
            NioSocketChannel.class,
            new Node.Terms(life, null, 0, false, 1, 0, 0, limits, () -> 0, () -> 1),
            new NodeState(1 << 20),
            Keeping.NOTHING,
            new Settings(0, 0, 0, second),
            1,
            1,
            shown::add)
        .start();
    channel.runPendingTasks();
    return (FollowerReplica) shown.get(0);
  }
}
