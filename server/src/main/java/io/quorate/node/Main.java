package io.quorate.node;

import org.slf4j.LoggerFactory;

/** Runs a node until it is told to stop. All that it is told stands in environment variables. */
public final class Main {

  private static final int EXIT_FAILED = 1;

  private Main() {}

  /**
   * Ends the virtual machine with 0 when the node stopped as asked, 1 when it could not run and 2
   * when it was told something wrong.
   */
  public static void main(String[] arguments) {
    int status = EXIT_FAILED;
    try {
      // The library that reads arguments takes a tenth of a second to load: not without any.
      status = arguments.length == 0 ? NodeRun.untilStopped() : Arguments.execute(arguments);
    } catch (Exception bug) {
      LoggerFactory.getLogger(Main.class).error("the node failed", bug);
    }
    System.exit(status);
  }
}
