package io.quorate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node's DATA_DIR, kept while the node is not running. What is in it is the node's own affair.
 */
record DiskDirectory(Path path) {

  /** Removes it and all that is in it; the node must not run. */
  void wipe() {
    for (Path path : walk(Comparator.reverseOrder())) {
      try {
        Files.delete(path);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** Where it went; nothing is left in its place. */
  Path moveAway() {
    try {
      return Files.move(path, path.resolveSibling(path.getFileName() + "-moved-away"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Where a text stands in a file. */
  record Place(Path file, int first) {}

  /** Flips one bit of a byte in the only place that holds this text, which has no other. */
  Place damage(String text) {
    Place place = onlyPlaceOf(text);
    try {
      byte[] bytes = Files.readAllBytes(place.file());
      bytes[place.first() + text.length() / 2] ^= 4;
      Files.write(place.file(), bytes);
      return place;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Zeroes the file that holds this text, from there to its end: what was written last is gone. */
  Place tear(String text) {
    Place place = onlyPlaceOf(text);
    try {
      byte[] bytes = Files.readAllBytes(place.file());
      Arrays.fill(bytes, place.first(), bytes.length, (byte) 0);
      Files.write(place.file(), bytes);
      return place;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Place onlyPlaceOf(String text) {
    List<Place> places =
        walk(Comparator.naturalOrder()).stream()
            .filter(Files::isRegularFile)
            .map(file -> new Place(file, firstOf(text, file)))
            .filter(place -> place.first() >= 0)
            .toList();
    if (places.size() != 1) {
      throw new AssertionError("'" + text + "' stands in " + places + " of " + path);
    }
    return places.get(0);
  }

  private static int firstOf(String text, Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf(text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private List<Path> walk(Comparator<Path> order) {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(path)) {
      return all.sorted(order).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
