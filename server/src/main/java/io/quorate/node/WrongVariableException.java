package io.quorate.node;

/**
 * A variable whose value cannot be taken. Its message is one line: the name, what came, what is
 * taken.
 */
final class WrongVariableException extends Exception {

  private static final long serialVersionUID = 1;

  WrongVariableException(Variable variable, String got) {
    super(variable.name() + ": got \"" + OneLine.of(got) + "\"; takes " + variable.takes);
  }
}
