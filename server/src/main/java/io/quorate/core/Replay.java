package io.quorate.core;

/**
 * Takes what was kept on a disk, to make a node's state of it again: first a state if one was kept,
 * that is its head and then each entry, then everything that came after it, in order.
 */
public interface Replay extends Journal {

  /** The state as it was, but for its entries. Before all else, once, or not at all. */
  void head(StateHead head);

  /**
   * What was held of a key, tombstones included; perhaps newer than the head. After the head,
   * before all else.
   */
  void held(Mutation mutation);
}
