package io.quorate.core.sim;

import java.util.ArrayDeque;

/** What a running process has to do. While it is paused, all of it waits. */
final class Mailbox {

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean paused;

  void run(Runnable task) {
    if (paused) {
      waiting.add(task);
    } else {
      task.run();
    }
  }

  boolean isPaused() {
    return paused;
  }

  void pause() {
    paused = true;
  }

  /** The process has ended: nobody does what waits. */
  void discard() {
    waiting.clear();
    paused = false;
  }

  /** Does all at once that has waited. */
  void resume() {
    paused = false;
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }
}
