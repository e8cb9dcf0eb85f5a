package io.quorate.replication;

/**
 * The rest of an answer in parts cannot be had any more, though nothing is wrong with this node.
 * One clause says why.
 */
public final class BrokenOffException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Where it is made says nothing: it has no stack trace. */
  public BrokenOffException(String reason) {
    super(reason, null, false, false);
  }
}
