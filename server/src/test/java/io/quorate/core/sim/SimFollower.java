package io.quorate.core.sim;

import io.quorate.core.Follower;
import io.quorate.core.Key;
import io.quorate.core.Life;
import io.quorate.core.Report;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A follower's place: one process after another runs there, each with empty hands. */
final class SimFollower {

  final int index;
  private final SplittableRandom random;
  private final Oracle oracle;
  private final Tally tally;
  private final Mailbox mailbox = new Mailbox();
  private LifeWatch life;
  private boolean running = true;
  private int lives;

  SimFollower(int index, SplittableRandom random, Oracle oracle, Tally tally) {
    this.index = index;
    this.random = random;
    this.oracle = oracle;
    this.tally = tally;
    this.life = birth();
  }

  private LifeWatch birth() {
    lives++;
    Follower process = new Follower(new Life(random.nextLong(), random.nextLong()));
    return oracle.watch(index, lives, process);
  }

  LifeWatch life() {
    return life;
  }

  boolean isRunning() {
    return running;
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /** The process ends, and with it its data and what waited for it. */
  void crash() {
    running = false;
    mailbox.discard();
  }

  void start() {
    if (!running) {
      running = true;
      life = birth();
      tally.note(Happening.FOLLOWER_RESTARTED);
    }
  }

  /**
   * A request arrives.
   *
   * @param answer takes who answers, and the answer
   * @param refuse runs when no process is there
   */
  void receive(
      Function<Follower, Report> request, BiConsumer<LifeWatch, Report> answer, Runnable refuse) {
    if (!running) {
      refuse.run();
      return;
    }
    mailbox.run(
        () -> {
          LifeWatch present = life;
          Report report = request.apply(present.process);
          present.check();
          if (report.verdict() == Report.Verdict.OTHER_LIFE) {
            tally.note(Happening.OTHER_LIFE_MET);
          }
          answer.accept(present, report);
        });
  }

  /** A client reads what this node holds. */
  void readLocal(Key key) {
    if (running && !mailbox.isPaused()) {
      if (life.process.isLevel()) {
        tally.note(Happening.LOCAL_READ);
        life.process.store().newest(key);
        life.check();
      } else {
        tally.note(Happening.LOCAL_READ_REFUSED);
      }
    }
  }
}
