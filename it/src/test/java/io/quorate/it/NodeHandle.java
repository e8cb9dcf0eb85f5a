package io.quorate.it;

/** One node of a cluster, and what a test may do to it. */
interface NodeHandle {

  String name();

  /** Where the cluster's other nodes reach it; stays the same when it is started again. */
  String url();

  /** Reaches it from here, which may be by another way than its nodes take. */
  NodeClient client();

  /** Starts it, with what is on its disk, or empty where it has none; waits until it listens. */
  void start();

  /** Takes all from its disk; it must not run. */
  void wipe();

  boolean isRunning();

  /** Ends it without a warning, as {@code kill -9} does; waits until it has ended. */
  void kill();

  /** Asks it to stop, as SIGTERM does. */
  void askToStop();

  /** Waits until it has ended, and returns its exit status. */
  int awaitExit();

  /** Stops it where it stands, as SIGSTOP does: its connections stay open, and nothing answers. */
  void pause();

  /** Lets it go on after {@link #pause}. */
  void resume();

  /** All that its lives have printed. */
  String printed();

  /** Kills it, if it was started; a paused one too. */
  void discard();

  /** Host and port, as other nodes have them, which is also what a node calls itself. */
  default String id() {
    return url().substring("http://".length());
  }
}
