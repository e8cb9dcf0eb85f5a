package io.quorate.http;

/** Options that differ from the defaults in what a test is about. */
final class TestOptions {

  private TestOptions() {}

  static HttpOptions withMaxValueBytes(int bytes) {
    return with(bytes, HttpOptions.DEFAULT.maxReceivedBytes(), false);
  }

  static HttpOptions withBodies(int maxValueBytes, long maxReceivedBytes) {
    return with(maxValueBytes, maxReceivedBytes, false);
  }

  static HttpOptions withTestDoor() {
    return with(HttpOptions.DEFAULT.maxValueBytes(), HttpOptions.DEFAULT.maxReceivedBytes(), true);
  }

  private static HttpOptions with(int maxValueBytes, long maxReceivedBytes, boolean testDoor) {
    HttpOptions preset = HttpOptions.DEFAULT;
    return new HttpOptions(
        maxValueBytes,
        preset.maxReplicationBytes(),
        maxReceivedBytes,
        preset.maxInitialLineBytes(),
        preset.maxHeaderBytes(),
        preset.maxConnections(),
        preset.maxPipelinedRequests(),
        preset.timeouts(),
        preset.maxRequests(),
        preset.maxAnswerBytes(),
        preset.watching(),
        testDoor);
  }
}
