package io.quorate.log;

/**
 * The segment that is being written.
 *
 * @param sizeBytes of its file
 * @param place where the next group goes
 */
record Current(long number, StorageFile file, long sizeBytes, long place) {

  /** Room for so many bytes, group headers included. */
  long roomBytes() {
    return sizeBytes - place;
  }

  Current after(long groupBytes) {
    return new Current(number, file, sizeBytes, place + groupBytes);
  }
}
