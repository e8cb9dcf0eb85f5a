package io.quorate.log;

/**
 * What a start found on the disk.
 *
 * @param entries of the snapshot
 * @param records of the log after it
 * @param position of the log's end
 * @param droppedBytes of a torn end that were cut off; 0 when the end was clean
 * @param droppedFrom file and byte of the cut; empty when the end was clean
 */
public record Recovered(
    long entries, long records, long position, long droppedBytes, String droppedFrom) {

  static Recovered of(Recovery.Found found) {
    Recovery.Last last = found.last();
    return new Recovered(
        found.entries(),
        found.records(),
        found.position(),
        last == null ? 0 : last.droppedBytes(),
        last == null || last.droppedBytes() == 0 ? "" : last.placeText());
  }

  /** One line for the operator. */
  public String text() {
    return entries
        + " entries of a snapshot and "
        + records
        + " records of the log"
        + (droppedBytes == 0
            ? ""
            : "; dropped a torn end of " + droppedBytes + " bytes at " + droppedFrom);
  }
}
