package dev.baton.reasoning;

import java.util.Arrays;

/**
 * A persistent B+ tree from {@code long} to {@link Fact}, ordered by key. A change is made with an
 * owner: nodes that the owner made are changed in place, others are copied first. When nobody holds
 * the owner any more the tree is frozen, and {@link #copy} shares all of it.
 *
 * <p>Bayer and McCreight 1972; ownership as in the transients of Clojure. Logarithmic; 12 bytes for
 * each entry besides the fact. Threads: one that changes; any number that read what is frozen.
 */
final class FactTree {

  /** Entries of a node; even. */
  private static final int WIDTH = 64;

  /** A node with fewer is joined to its neighbour where both fit in three quarters of one. */
  private static final int NARROW = WIDTH / 4;

  /** No tree of 2^63 entries is deeper. */
  private static final int DEPTH = 16;

  private Node root;
  private int size;

  FactTree() {
    this(new Node(null, true), 0);
  }

  private FactTree(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  private static final class Node {
    private final Object owner;
    private final boolean leaf;
    private final long[] keys = new long[WIDTH];
    private final Object[] values = new Object[WIDTH];
    private int count;

    Node(Object owner, boolean leaf) {
      this.owner = owner;
      this.leaf = leaf;
    }

    Node ownedBy(Object other) {
      if (owner == other) {
        return this;
      }
      Node copy = new Node(other, leaf);
      copy.take(this, 0, count);
      return copy;
    }

    /** Appends entries of another node. */
    void take(Node from, int begin, int end) {
      System.arraycopy(from.keys, begin, keys, count, end - begin);
      System.arraycopy(from.values, begin, values, count, end - begin);
      count += end - begin;
    }

    void insert(int at, long key, Object value) {
      System.arraycopy(keys, at, keys, at + 1, count - at);
      System.arraycopy(values, at, values, at + 1, count - at);
      keys[at] = key;
      values[at] = value;
      count++;
    }

    void delete(int at) {
      System.arraycopy(keys, at + 1, keys, at, count - at - 1);
      System.arraycopy(values, at + 1, values, at, count - at - 1);
      count--;
      values[count] = null;
    }

    /** The place of the first key that is not less. */
    int ceiling(long key) {
      int low = 0;
      int high = count;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (keys[middle] < key) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** The place of the child that has a key, if any has. */
    int childOf(long key) {
      int at = ceiling(key);
      return at < count && keys[at] == key ? at : Math.max(at - 1, 0);
    }

    Node child(int at) {
      return (Node) values[at];
    }

    Node split() {
      Node right = new Node(owner, leaf);
      right.take(this, WIDTH / 2, count);
      Arrays.fill(values, WIDTH / 2, count, null);
      count = WIDTH / 2;
      return right;
    }
  }

  /** The same tree for another owner. O(1). */
  FactTree copy() {
    return new FactTree(root, size);
  }

  int size() {
    return size;
  }

  /** The fact of a key, or null. */
  Fact get(long key) {
    Node node = root;
    while (!node.leaf) {
      node = node.child(node.childOf(key));
    }
    int at = node.ceiling(key);
    return at < node.count && node.keys[at] == key ? (Fact) node.values[at] : null;
  }

  /** Puts a fact, in place of another if there is one. */
  void put(long key, Fact fact, Object owner) {
    root = root.ownedBy(owner);
    Node right = put(root, key, fact, owner);
    if (right != null) {
      Node top = new Node(owner, false);
      top.insert(0, root.keys[0], root);
      top.insert(1, right.keys[0], right);
      root = top;
    }
  }

  /** Returns the right half where the node was split. */
  private Node put(Node node, long key, Fact fact, Object owner) {
    if (node.leaf) {
      int at = node.ceiling(key);
      if (at < node.count && node.keys[at] == key) {
        node.values[at] = fact;
        return null;
      }
      size++;
      return insert(node, at, key, fact);
    }
    int at = node.childOf(key);
    Node child = node.child(at).ownedBy(owner);
    node.values[at] = child;
    Node right = put(child, key, fact, owner);
    node.keys[at] = child.keys[0];
    return right == null ? null : insert(node, at + 1, right.keys[0], right);
  }

  private static Node insert(Node node, int at, long key, Object value) {
    if (node.count < WIDTH) {
      node.insert(at, key, value);
      return null;
    }
    Node right = node.split();
    if (at <= node.count) {
      node.insert(at, key, value);
    } else {
      right.insert(at - node.count, key, value);
    }
    return right;
  }

  /** Removes the fact of a key, if there is one. */
  void remove(long key, Object owner) {
    if (get(key) == null) {
      return;
    }
    root = root.ownedBy(owner);
    remove(root, key, owner);
    size--;
    while (!root.leaf && root.count == 1) {
      root = root.child(0);
    }
    if (!root.leaf && root.count == 0) {
      root = new Node(owner, true);
    }
  }

  private static void remove(Node node, long key, Object owner) {
    if (node.leaf) {
      node.delete(node.ceiling(key));
      return;
    }
    int at = node.childOf(key);
    Node child = node.child(at).ownedBy(owner);
    node.values[at] = child;
    remove(child, key, owner);
    if (child.count == 0) {
      node.delete(at);
      return;
    }
    node.keys[at] = child.keys[0];
    if (child.count < NARROW) {
      int left = at + 1 < node.count ? at : at - 1;
      if (left >= 0 && node.child(left).count + node.child(left + 1).count <= WIDTH - NARROW) {
        Node joined = node.child(left).ownedBy(owner);
        Node right = node.child(left + 1);
        joined.take(right, 0, right.count);
        node.values[left] = joined;
        node.delete(left + 1);
      }
    }
  }

  /** Goes over a range of keys; used again and again, so that a join makes no garbage. */
  static final class Cursor {
    private final Node[] path = new Node[DEPTH];
    private final int[] places = new int[DEPTH];
    private int depth;
    private long last;
    private long key;

    /** Before the first key of a range, both ends included. */
    void range(FactTree tree, long first, long lastIncluded) {
      last = lastIncluded;
      depth = 0;
      Node node = tree.root;
      while (!node.leaf) {
        path[depth] = node;
        places[depth] = node.childOf(first);
        node = node.child(places[depth]);
        depth++;
      }
      path[depth] = node;
      places[depth] = node.ceiling(first);
    }

    /** The next fact; null behind the last. */
    Fact next() {
      while (places[depth] >= path[depth].count) {
        if (depth == 0) {
          return null;
        }
        depth--;
        places[depth]++;
        if (places[depth] < path[depth].count) {
          descend();
        }
      }
      key = path[depth].keys[places[depth]];
      if (key > last) {
        return null;
      }
      return (Fact) path[depth].values[places[depth]++];
    }

    private void descend() {
      while (!path[depth].leaf) {
        path[depth + 1] = path[depth].child(places[depth]);
        places[depth + 1] = 0;
        depth++;
      }
    }

    /** The key of the last fact. */
    long key() {
      return key;
    }
  }
}
