package io.quorate.it;

/** What the nodes of a run of the tests are. */
enum Kind {
  PROCESSES,
  CONTAINERS;

  /** As the build says with {@code quorate.nodes}. */
  static Kind ofThisRun() {
    String text = System.getProperty("quorate.nodes", "processes");
    return switch (text) {
      case "processes" -> PROCESSES;
      case "containers" -> CONTAINERS;
      default ->
          throw new IllegalArgumentException(
              "quorate.nodes: got '" + text + "', takes processes or containers");
    };
  }
}
