package io.quorate.node;

/** Why a node that was told all it needs cannot start, in one line. */
final class CannotStartException extends Exception {

  private static final long serialVersionUID = 1;

  CannotStartException(String message) {
    super(message);
  }
}
