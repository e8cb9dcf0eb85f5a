package io.quorate.log;

import io.quorate.core.Journal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that was told and may still be there, and how much of it has to be. */
final class History {

  private record Told(long end, Consumer<Journal> call) {}

  private final List<Told> told = new ArrayList<>();

  void add(long end, Consumer<Journal> call) {
    told.add(new Told(end, call));
  }

  /** The state of all through the position. */
  StateModel through(long position) {
    StateModel state = new StateModel();
    told.stream().filter(one -> one.end() <= position).forEach(one -> one.call().accept(state));
    return state;
  }

  /** What is behind the position is lost for good. */
  void cut(long position) {
    told.removeIf(one -> one.end() > position);
  }

  boolean hasEnd(long position) {
    return position == 0 || told.stream().anyMatch(one -> one.end() == position);
  }
}
