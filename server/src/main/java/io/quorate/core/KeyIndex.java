package io.quorate.core;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of keys in byte order. One owner changes it; any thread walks it, and sees it as it was at
 * one moment.
 *
 * <p>A B-tree whose nodes never change: a change makes the nodes anew from the leaf to the root,
 * and shares all others with the tree before it. Arrays are as long as what is in them, so a key
 * takes the four bytes of its place and its share of the nodes, eight bytes at most in all but the
 * smallest trees.
 */
final class KeyIndex {

  /** Most children or keys of a node. */
  static final int MOST = 64;

  private static final Leaf EMPTY = new Leaf(new Key[0]);

  /** Written by the owner. */
  private volatile Node root = EMPTY;

  /** Adds a key that is not in it. Of the owner. */
  void add(Key key) {
    Node[] grown = root.with(key);
    root = grown.length == 1 ? grown[0] : Inner.of(grown);
  }

  /** Removes a key that is in it. Of the owner. */
  void remove(Key key) {
    Node left = root.without(key);
    while (left instanceof Inner inner && inner.size() == 1) {
      left = inner.children[0];
    }
    root = left == null ? EMPTY : left;
  }

  /**
   * Shows the keys at or after a bound, in order, as they are when this is called, until the taker
   * wants no more.
   *
   * @param from the bound, which need not be a key of the index, nor of a store
   * @param taker says whether it wants another
   */
  void walk(Key from, Predicate<Key> taker) {
    root.walk(from, taker);
  }

  /** Invariant: not empty, but for a root; at most {@link #MOST}. */
  private sealed interface Node {

    /** How many children or keys it has. */
    int size();

    /** The first of the keys in it. */
    Key low();

    /** The nodes in place of this one, with a key more: one, or two of about half of it each. */
    Node[] with(Key key);

    /** The node in place of this one, with a key less; null when it was the only one. */
    @Nullable Node without(Key key);

    /** This and the node that follows it, as one. */
    Node followedBy(Node next);

    /**
     * Whether the taker wants more.
     *
     * @param from null for all keys
     */
    boolean walk(@Nullable Key from, Predicate<Key> taker);
  }

  /** The last place whose key is at or before this one; 0 where none is. */
  private static int place(Key[] lows, Key key) {
    int found = Arrays.binarySearch(lows, key);
    return found >= 0 ? found : Math.max(0, -found - 2);
  }

  private static final class Leaf implements Node {

    private final Key[] keys;

    Leaf(Key[] keys) {
      this.keys = keys;
    }

    @Override
    public int size() {
      return keys.length;
    }

    @Override
    public Key low() {
      return keys[0];
    }

    @Override
    public Node[] with(Key key) {
      int at = -Arrays.binarySearch(keys, key) - 1;
      Key[] grown = new Key[keys.length + 1];
      System.arraycopy(keys, 0, grown, 0, at);
      grown[at] = key;
      System.arraycopy(keys, at, grown, at + 1, keys.length - at);
      if (grown.length <= MOST) {
        return new Node[] {new Leaf(grown)};
      }
      int half = grown.length / 2;
      return new Node[] {
        new Leaf(Arrays.copyOf(grown, half)),
        new Leaf(Arrays.copyOfRange(grown, half, grown.length))
      };
    }

    @Override
    public @Nullable Node without(Key key) {
      if (keys.length == 1) {
        return null;
      }
      int at = Arrays.binarySearch(keys, key);
      Key[] left = Arrays.copyOf(keys, keys.length - 1);
      System.arraycopy(keys, at + 1, left, at, left.length - at);
      return new Leaf(left);
    }

    @Override
    public Node followedBy(Node next) {
      return new Leaf(joined(keys, ((Leaf) next).keys));
    }

    @Override
    public boolean walk(@Nullable Key from, Predicate<Key> taker) {
      int at = from == null ? 0 : Arrays.binarySearch(keys, from);
      for (int i = at < 0 ? -at - 1 : at; i < keys.length; i++) {
        if (!taker.test(keys[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /** A node above others of one level. */
  private static final class Inner implements Node {

    /** The first key of each child. */
    private final Key[] lows;

    private final Node[] children;

    Inner(Key[] lows, Node[] children) {
      this.lows = lows;
      this.children = children;
    }

    static Inner of(Node[] children) {
      Key[] lows = new Key[children.length];
      for (int i = 0; i < lows.length; i++) {
        lows[i] = children[i].low();
      }
      return new Inner(lows, children);
    }

    @Override
    public int size() {
      return children.length;
    }

    @Override
    public Key low() {
      return lows[0];
    }

    @Override
    public Node[] with(Key key) {
      int at = place(lows, key);
      Inner grown = replacing(at, at + 1, children[at].with(key));
      if (grown.size() <= MOST) {
        return new Node[] {grown};
      }
      int half = grown.size() / 2;
      return new Node[] {grown.part(0, half), grown.part(half, grown.size())};
    }

    @Override
    public @Nullable Node without(Key key) {
      int at = place(lows, key);
      Node left = children[at].without(key);
      if (left == null) {
        return size() == 1 ? null : replacing(at, at + 1);
      }
      if (at > 0 && joins(children[at - 1], left)) {
        return replacing(at - 1, at + 1, children[at - 1].followedBy(left));
      }
      if (at + 1 < size() && joins(left, children[at + 1])) {
        return replacing(at, at + 2, left.followedBy(children[at + 1]));
      }
      return replacing(at, at + 1, left);
    }

    /** So any two neighbours have more than half a node between them. */
    private static boolean joins(Node node, Node next) {
      return node.size() + next.size() <= MOST / 2;
    }

    @Override
    public Node followedBy(Node next) {
      Inner following = (Inner) next;
      return new Inner(joined(lows, following.lows), joined(children, following.children));
    }

    /** With others in the place of some children, one after the other. */
    private Inner replacing(int start, int end, Node... others) {
      if (others.length == 1 && end - start == 1 && others[0].low().equals(lows[start])) {
        Node[] changed = children.clone();
        changed[start] = others[0];
        return new Inner(lows, changed);
      }
      Inner middle = of(others);
      return new Inner(
          joined(joined(Arrays.copyOf(lows, start), middle.lows), rest(lows, end)),
          joined(joined(Arrays.copyOf(children, start), others), rest(children, end)));
    }

    private Inner part(int start, int end) {
      return new Inner(
          Arrays.copyOfRange(lows, start, end), Arrays.copyOfRange(children, start, end));
    }

    @Override
    public boolean walk(@Nullable Key from, Predicate<Key> taker) {
      int at = from == null ? 0 : place(lows, from);
      for (int i = at; i < children.length; i++) {
        if (!children[i].walk(i == at ? from : null, taker)) {
          return false;
        }
      }
      return true;
    }
  }

  private static <T> T[] rest(T[] all, int start) {
    return Arrays.copyOfRange(all, start, all.length);
  }

  private static <T> T[] joined(T[] first, T[] second) {
    T[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
