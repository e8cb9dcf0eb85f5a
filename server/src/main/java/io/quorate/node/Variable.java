package io.quorate.node;

/**
 * The environment variables that a node reads.
 *
 * <p>{@code default} and {@code takes} are what {@code --help} prints and what a refusal names.
 */
enum Variable {
  ROLE("follower", "leader or follower", "what this node is to its cluster"),
  PORT("8080", "0 to 65535", "port to listen on; 0 takes a free one"),
  BIND_ADDRESS("0.0.0.0", "an IP address or a host name", "address to listen on"),
  NODE_ID(
      "host:port",
      "host:port, or where NODE_URL is set 1 to 255 printable ASCII characters",
      "what this node calls itself"),
  NODE_URL("http://NODE_ID", "an http URL without a path", "where other nodes reach this one"),
  ADVERTISE_URL("NODE_URL", "an http URL without a path", "where clients are redirected to"),
  FOLLOWER_URLS(
      "none",
      "up to 63 different http URLs without a path, none of them this node's own, comma-separated",
      "the followers of a leader"),
  WRITE_QUORUM(
      "majority",
      "a number from 0 to that of followers but not between 0 and MIN_WRITE_QUORUM, majority or"
          + " all",
      "followers that must have confirmed a write before it is answered"),
  MIN_WRITE_QUORUM(
      "1",
      "1 to the number of followers, at most 63",
      "least w above 0; the same on all nodes for good, for it decides how many can be lost"),
  MIN_DELAY_MS("0", "milliseconds from 0 to MAX_DELAY_MS", "least lag injected on a link"),
  MAX_DELAY_MS("0", "milliseconds from MIN_DELAY_MS to 60000", "greatest lag injected on a link"),
  WRITE_TIMEOUT_MS("5000", "1 to 3600000", "how long a write waits for its quorum"),
  LINK_TIMEOUT_MS(
      "2000",
      "50 to 600000",
      "silence after which a follower counts as lost; where LEASE_MS is left out, the lease too"),
  LEASE_MS(
      "LINK_TIMEOUT_MS",
      "50 to 600000",
      "how long a follower's answer lets its leader serve confirmed reads; the same on all nodes,"
          + " which refuse another"),
  LINK_CONNECTIONS("8", "1 to 256", "connections to one follower while lag is injected"),
  DATA_DIR(
      "none: data is in memory only",
      "a directory that is empty, not there, or this node's own",
      "where data is kept"),
  FSYNC(
      "always",
      "always, never, or interval: and a time from 1ms to 60s, such as interval:50ms",
      "when what is written is forced to the disk; always: before it is acknowledged"),
  SEGMENT_BYTES(
      "67108864", "2 x (1048576 + MAX_VALUE_BYTES) to 1073741824", "size of the files of the log"),
  SNAPSHOT_BYTES(
      "268435456", "4096 to 1099511627776", "bytes of log after which a snapshot is written"),
  MAX_STORE_BYTES(
      "half of the heap",
      "1024 to 1099511627776",
      "what the leader's store may take, about; a put that needs more is refused"),
  BACKLOG_BYTES(
      "64 MiB, at most an eighth of the heap",
      "1024 to 1099511627776",
      "newest writes that a node keeps, for followers that are behind and for watches"),
  MAX_VALUE_BYTES("1048576", "0 to 16777216", "largest value"),
  MAX_WAITING_WRITES("65536", "1 to 16777216", "writes that may wait for their quorum"),
  MAX_PENDING_BYTES(
      "256 MiB, at most an eighth of the heap",
      "1024 to 1099511627776",
      "bytes of all writes that are not confirmed"),
  MAX_UNCONFIRMED_WRITES(
      "10000",
      "1 to 16777216",
      "writes past their deadline, beyond which a w that streaming followers cannot reach is refused"),
  MAX_TOMBSTONES("1000000", "0 to 1000000000", "tombstones kept for followers that are behind"),
  MAX_IDEMPOTENCY_KEYS(
      "100000", "0 to 16777216", "idempotency keys kept, beyond which writes with one are refused"),
  IDEMPOTENCY_MS("600000", "1 to 604800000", "how long an idempotency key is kept"),
  MAX_CONNECTIONS("10000", "1 to 1000000", "client connections"),
  MAX_REQUESTS(
      "100000",
      "1 to 16777216",
      "requests of all connections without an answer, beyond which those for keys are refused"),
  MAX_ANSWER_BYTES(
      "a quarter of the heap",
      "1024 to 1099511627776",
      "bytes of answers that clients have not taken, beyond which requests for keys are refused"),
  MAX_WATCHES("1000", "0 to 1000000", "watches open at a time"),
  WATCH_HEARTBEAT_MS(
      "5000", "20 to 3600000", "silence after which a watch is told that the node is there"),
  HEADER_TIMEOUT_MS(
      "10000", "1 to 3600000", "how long the head of a request may take from its first byte"),
  BODY_TIMEOUT_MS(
      "60000",
      "1 to 3600000",
      "how long a body may take from its first byte; of other nodes' requests ten times as long"),
  ANSWER_TIMEOUT_MS(
      "30000", "4 to 3600000", "how long a client may take nothing of what is sent to it"),
  IDLE_TIMEOUT_MS(
      "60000",
      "4 to 3600000",
      "how long a connection may idle; one from another node ten times as long"),
  EVENT_LOOPS("1", "1 to 64", "threads that serve connections"),
  TRANSPORT("auto", "auto, epoll or nio", "how sockets are read; auto prefers epoll"),
  STOP_TIMEOUT_MS("5000", "0 to 600000", "how long a node that stops waits for what is under way"),
  LOG_FORMAT("text", "text or json", "how the lines of the log on standard error look"),
  EXIT_ON_STDIN_CLOSE(
      "false", "true or false", "stop when standard input closes, for whoever starts nodes"),
  TEST_DOOR("false", "true or false", "open /v1/test, which alters stored values; for tests");

  final String preset;
  final String takes;
  final String meaning;

  Variable(String preset, String takes, String meaning) {
    this.preset = preset;
    this.takes = takes;
    this.meaning = meaning;
  }
}
