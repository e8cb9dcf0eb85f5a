package io.quorate.core.sim;

import io.quorate.core.GrantRequest;
import io.quorate.core.Hello;
import io.quorate.core.Key;
import io.quorate.core.Leader;
import io.quorate.core.Leadership;
import io.quorate.core.Life;
import io.quorate.core.Membership;
import io.quorate.core.Mutation;
import io.quorate.core.Node;
import io.quorate.core.NodeState;
import io.quorate.core.Outbox;
import io.quorate.core.Pull;
import io.quorate.core.Report;
import io.quorate.core.SnapshotChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A node's place: one process after another runs there, each the core behind a simulated shell. */
final class SimNode implements Outbox {

  private static final int RECEIPTS_LOOKED_AT_EVERY = 16;

  final int index;
  private final SimWorld world;
  private final double rate;
  private final long startOfClockNanos;
  final WallClock wall;
  private final Mailbox mailbox = new Mailbox();

  /** Requests made here that have no version yet, or no answer if they are marked; oldest first. */
  final List<ClientRequest> asked = new ArrayList<>();

  private List<SimLink> links = List.of();
  private @Nullable Node node;
  private @Nullable SimDisk disk;
  private @Nullable NodeWatch watch;
  private final List<NodeWatch> watches = new ArrayList<>();
  private long incarnation;
  private int incarnations;
  private int boots;
  private int ticks;

  SimNode(SimWorld world, int index) {
    this.world = world;
    this.index = index;
    double off = world.random.nextInt(3) == 0 ? 1 : world.random.nextDouble();
    this.rate = 1 + (world.random.nextBoolean() ? off : -off) * Plan.MOST_RATE;
    this.startOfClockNanos = world.random.nextLong(1_000_000 * Plan.MILLI);
    this.wall = new WallClock(world);
    world.timeline.after(1 + world.random.nextLong(Plan.TICK_NANOS), this::tick);
  }

  /** By this node's own clock. */
  long nowNanos() {
    return startOfClockNanos + (long) (world.timeline.nowNanos() * rate);
  }

  boolean isRunning() {
    return node != null;
  }

  Node node() {
    return Objects.requireNonNull(node);
  }

  NodeWatch watch() {
    return Objects.requireNonNull(watch);
  }

  @Nullable SimDisk disk() {
    return disk;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** Which process runs, or ran last. */
  int boot() {
    return boots;
  }

  boolean serves() {
    Leader leading = node == null ? null : node.leader();
    return leading != null && leading.obstacle().isEmpty();
  }

  Leader leader() {
    return Objects.requireNonNull(node().leader());
  }

  @Nullable NodeWatch watchOrNull() {
    return watch;
  }

  long incarnation() {
    return incarnation;
  }

  /** What others have answered in the present sessions. */
  List<Report> standings() {
    List<Report> standings = new ArrayList<>();
    for (SimLink link : links) {
      if (link.standing != null) {
        standings.add(link.standing);
      }
    }
    return standings;
  }

  /** Whether any incarnation has answered that it grants this. */
  boolean everAnswered(Leadership leadership) {
    return watches.stream().anyMatch(each -> each.hasAnswered(leadership));
  }

  /** Whether one has that held all it had acknowledged. */
  boolean everCountedFor(Leadership leadership) {
    return watches.stream().anyMatch(each -> each.countsFor(leadership));
  }

  /** It answers a leader. */
  void answers(Report report) {
    watch().answers(report);
  }

  /** Begins a process over what the disk has, if there is one. */
  void start() {
    if (node != null) {
      return;
    }
    boots++;
    boolean born = watch == null || !world.plan.durable();
    if (world.plan.durable() && disk == null) {
      disk = new SimDisk(world, this);
      born = true;
    }
    SimDisk present = disk;
    NodeState state =
        present == null ? new NodeState(world.plan.limits().backlogBytes()) : present.load();
    if (born) {
      incarnation = world.random.nextLong();
      incarnations++;
      watch = new NodeWatch(world, index, incarnations, present);
      watches.add(watch());
    } else {
      world.tally.note(Happening.RESTARTED_WITH_DISK);
    }
    watch().begin(state);
    Node.Terms terms =
        new Node.Terms(
            new Life(incarnation, world.random.nextLong()),
            index == 0 ? membership(0) : null,
            world.plan.startQuorum(),
            world.plan.durable(),
            world.plan.leastQuorum(),
            world.plan.durable() ? world.plan.leaseNanos() : 0,
            world.plan.durable() ? world.plan.leaseNanos() : 0,
            world.plan.limits(),
            () -> wall.read(nowNanos()),
            world.random::nextLong);
    Node started = new Node(terms, state, this, () -> {}, nowNanos());
    node = started;
    world.trace(() -> this + " starts, life " + started.life());
    run(() -> started.start(nowNanos()));
  }

  Membership membership(int self) {
    List<String> urls = IntStream.range(0, world.plan.nodes()).mapToObj(SimNode::url).toList();
    return new Membership(urls, self, 1, 0, 0);
  }

  static String url(int index) {
    return "sim://n" + index;
  }

  /** The process ends, and with it what waited for it; without disks, its data too. */
  void crash() {
    if (node != null) {
      world.trace(() -> this + " crashes");
      node = null;
      links = List.of();
      asked.clear();
      mailbox.discard();
      if (disk != null) {
        disk.crash();
      }
    }
  }

  void crashAndReturn() {
    crash();
    world.timeline.after(world.random.nextLong(60 * Plan.MILLI), this::start);
  }

  /** The disk is emptied while no process runs. */
  void wipe() {
    crash();
    world.trace(() -> this + " is wiped");
    world.tally.note(Happening.WIPED);
    disk = null;
    watch = null;
  }

  /** Does it on the node's loop, when that is there. */
  void run(Runnable task) {
    if (node == null) {
      return;
    }
    int present = boots;
    mailbox.run(
        () -> {
          if (node != null && present == boots) {
            task.run();
            noticed();
          }
        });
  }

  /** After each thing that it did. */
  private void noticed() {
    if (node != null) {
      world.oracle.notice(this);
    }
  }

  private void tick() {
    run(
        () -> {
          node().tick(nowNanos());
          LimitWatch.check(world, this, links);
        });
    ticks++;
    if (node != null && ticks % RECEIPTS_LOOKED_AT_EVERY == 0) {
      world.oracle.checkReceipts(this);
    }
    world.timeline.after(Plan.TICK_NANOS, this::tick);
  }

  /** A client reads what this node holds. */
  void readLocal(int key) {
    if (node != null && !mailbox.isPaused() && node.leader() == null) {
      if (node.isLevel()) {
        world.tally.note(Happening.LOCAL_READ);
        Key asks = world.oracle.keys.get(key);
        watch().readLocally(key, node.store().newest(asks));
      } else {
        world.tally.note(Happening.LOCAL_READ_REFUSED);
      }
    }
  }

  @Override
  public void open(List<String> urls) {
    links.forEach(SimLink::close);
    List<SimLink> opened = new ArrayList<>();
    for (String url : urls) {
      SimNode target = world.nodes.get(Integer.parseInt(url.substring(url.indexOf('n') + 1)));
      opened.add(new SimLink(this, world, target, opened.size()));
    }
    links = opened;
  }

  @Override
  public void close() {
    links.forEach(SimLink::close);
    links = List.of();
  }

  @Override
  public void openSession(int follower, long session) {
    world.oracle.noticeLeadership(this);
    world.trace(() -> this + ": session " + session + " with " + links.get(follower));
    links.get(follower).openSession(session);
  }

  @Override
  public void hello(int follower, long helloNumber, Hello hello) {
    world.oracle.noticeLeadership(this);
    LimitWatch.noteFloor(world, this, hello.tombstoneFloor());
    links.get(follower).hello(helloNumber, hello);
  }

  @Override
  public void append(int follower, Life life, List<Mutation> write) {
    world.oracle.noticeGiven(this);
    links.get(follower).append(life, write);
  }

  @Override
  public void snapshot(int follower, SnapshotChunk chunk) {
    world.trace(
        () ->
            this
                + ": chunk "
                + chunk.number()
                + " of "
                + chunk.head()
                + " for "
                + links.get(follower));
    links.get(follower).snapshot(chunk);
  }

  @Override
  public void grant(int follower, long number, GrantRequest request) {
    world.trace(() -> this + ": asks " + links.get(follower) + " for " + request);
    links.get(follower).grant(number, request);
  }

  @Override
  public void pull(int follower, long number, Pull pull) {
    world.trace(() -> this + ": pulls from " + links.get(follower) + ": " + pull);
    links.get(follower).pull(number, pull);
  }

  @Override
  public void invite(int follower, Leadership leadership) {
    world.trace(() -> this + ": invites " + links.get(follower));
    links.get(follower).invite(leadership);
  }

  @Override
  public String toString() {
    return "n" + index;
  }
}
