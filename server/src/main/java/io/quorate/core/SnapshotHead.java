package io.quorate.core;

/**
 * What a snapshot is of.
 *
 * @param leadership whose state it is
 * @param attempt grows by one with each snapshot that this leadership begins for this node
 * @param version the snapshot's version: for each key it holds the newest given through it, or a
 *     newer one
 * @param since 0: it is whole, and what it does not show is not there. Else it shows only what is
 *     newer than this version, through which its receiver holds the same already
 * @param tombstoneFloor tombstones at or below it are gone there
 * @param reign what its receiver enters with it, {@link Reign#own} not being meant
 * @param everyWrite whether it shows every write since, in version order, and not the newest of
 *     each key
 */
public record SnapshotHead(
    Leadership leadership,
    long attempt,
    long version,
    long since,
    long tombstoneFloor,
    Reign reign,
    boolean everyWrite) {

  /** One that shows the newest of each key. */
  public SnapshotHead(
      Leadership leadership,
      long attempt,
      long version,
      long since,
      long tombstoneFloor,
      Reign reign) {
    this(leadership, attempt, version, since, tombstoneFloor, reign, false);
  }

  /** Whether it shows everything. */
  public boolean isWhole() {
    return since == 0;
  }
}
