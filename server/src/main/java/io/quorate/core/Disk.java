package io.quorate.core;

/**
 * A journal that outlives the process. What is told to it is on disk once its position has been
 * reported by {@link Node#onSettled}; nothing here waits.
 */
public interface Disk extends Journal {

  /** Grows with everything told; of all told so far. */
  long position();

  /** So many more bytes of mutations surely have room. */
  long roomBytes();

  /** Of a node that keeps everything in memory: all is settled as soon as it is told. */
  Disk NONE = new NoDisk();
}
