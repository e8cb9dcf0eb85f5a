package io.quorate.node;

import io.quorate.core.Leader;
import io.quorate.core.LeaderLimits;
import io.quorate.http.HttpOptions;
import io.quorate.log.LogSettings;
import io.quorate.replication.Role;
import io.quorate.replication.Settings;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All that a node is told from outside.
 *
 * @param nodeId empty: host and port
 * @param nodeUrl empty: made of the node's id
 * @param advertiseUrl empty: the node's URL
 * @param settings as a leader of {@code followerUrls}; one that is promoted takes over those of the
 *     leader before
 * @param leaseNanos how long a follower's answer lets its leader serve confirmed reads
 * @param dataDirectory empty: in memory only
 * @param stopTimeout how long to wait at the end for what is under way
 */
record NodeConfig(
    Role role,
    String bindAddress,
    int port,
    Optional<String> nodeId,
    Optional<URI> nodeUrl,
    Optional<URI> advertiseUrl,
    List<URI> followerUrls,
    int minWriteQuorum,
    Settings settings,
    LeaderLimits limits,
    long leaseNanos,
    Optional<Path> dataDirectory,
    LogSettings log,
    int linkConnections,
    HttpOptions http,
    int eventLoops,
    String transport,
    Duration stopTimeout,
    boolean exitOnStdinClose) {

  private static final String MAJORITY = "majority";
  private static final String ALL = "all";
  private static final BigDecimal MAX_DELAY_MILLIS = BigDecimal.valueOf(60_000);
  private static final int WINDOW_VERSIONS = 16_384;

  /** A follower that catches up is handed copies: all followers', an eighth of the heap at most. */
  private static final long MOST_WINDOW_BYTES = 32L << 20;

  private static final long MOST_IDEMPOTENCY_MILLIS = TimeUnit.DAYS.toMillis(7);
  private static final int CHUNK_BYTES = 512 << 10;

  /** A heartbeat may be lost, and one more, before a follower counts as lost. */
  private static final int HELLOS_PER_TIMEOUT = 4;

  /** However long the link timeout, a follower that comes back is found within these. */
  private static final long MAX_HELLO_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long MAX_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Checks LOG_FORMAT as well, which the log has read for itself by then. */
  static NodeConfig read(Environment environment) throws WrongVariableException {
    Role role = role(environment);
    List<URI> followerUrls = environment.urls(Variable.FOLLOWER_URLS, Leader.MAX_FOLLOWERS);
    if (role == Role.FOLLOWER) {
      followerUrls = List.of();
    }
    LogFormat.read(environment);
    return new NodeConfig(
        role,
        bindAddress(environment),
        (int) environment.number(Variable.PORT, 0, 0xffff),
        nodeId(environment),
        environment.url(Variable.NODE_URL),
        environment.url(Variable.ADVERTISE_URL),
        followerUrls,
        minWriteQuorum(environment, role, followerUrls.size()),
        settings(environment, role, followerUrls.size()),
        limits(environment, followerUrls.size()),
        leaseNanos(environment),
        DiskVariables.dataDirectory(environment),
        DiskVariables.log(environment),
        (int) environment.number(Variable.LINK_CONNECTIONS, 1, 256),
        HttpVariables.http(environment),
        (int) environment.number(Variable.EVENT_LOOPS, 1, 64),
        transport(environment),
        Duration.ofMillis(environment.number(Variable.STOP_TIMEOUT_MS, 0, 600_000)),
        environment.flag(Variable.EXIT_ON_STDIN_CLOSE));
  }

  private static Role role(Environment environment) throws WrongVariableException {
    String text = environment.text(Variable.ROLE);
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "leader" -> Role.LEADER;
      case "follower" -> Role.FOLLOWER;
      default -> throw new WrongVariableException(Variable.ROLE, text);
    };
  }

  private static Optional<String> nodeId(Environment environment) throws WrongVariableException {
    Optional<String> id = environment.given(Variable.NODE_ID);
    if (id.isPresent() && !isNodeId(environment, id.get())) {
      throw new WrongVariableException(Variable.NODE_ID, id.get());
    }
    return id;
  }

  /** Printable ASCII; and host and port, where no NODE_URL says how the node is reached. */
  private static boolean isNodeId(Environment environment, String id)
      throws WrongVariableException {
    return id.matches("[!-~]{1,255}")
        && (environment.url(Variable.NODE_URL).isPresent() || Environment.isHostAndPort(id));
  }

  private static String bindAddress(Environment environment) throws WrongVariableException {
    String address = environment.text(Variable.BIND_ADDRESS);
    try {
      InetAddress.getByName(address);
      return address;
    } catch (UnknownHostException unknown) {
      throw new WrongVariableException(Variable.BIND_ADDRESS, address);
    }
  }

  private static String transport(Environment environment) throws WrongVariableException {
    String text = environment.text(Variable.TRANSPORT).toLowerCase(Locale.ROOT);
    if (!List.of("auto", "epoll", "nio").contains(text)) {
      throw new WrongVariableException(Variable.TRANSPORT, text);
    }
    return text;
  }

  private static Settings settings(Environment environment, Role role, int followers)
      throws WrongVariableException {
    long minDelay =
        environment.millisAsNanos(Variable.MIN_DELAY_MS, BigDecimal.ZERO, MAX_DELAY_MILLIS);
    long maxDelay =
        environment.millisAsNanos(Variable.MAX_DELAY_MS, BigDecimal.ZERO, MAX_DELAY_MILLIS);
    if (maxDelay < minDelay) {
      Variable wrong =
          environment.given(Variable.MAX_DELAY_MS).isPresent()
              ? Variable.MAX_DELAY_MS
              : Variable.MIN_DELAY_MS;
      throw new WrongVariableException(wrong, environment.text(wrong));
    }
    long timeoutMillis = environment.number(Variable.WRITE_TIMEOUT_MS, 1, 3_600_000);
    return new Settings(
        writeQuorum(environment, role, followers),
        minDelay,
        maxDelay,
        TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
  }

  /** A follower does not know how many there are, and takes any number. */
  private static int writeQuorum(Environment environment, Role role, int followers)
      throws WrongVariableException {
    String text = environment.text(Variable.WRITE_QUORUM);
    int most = role == Role.LEADER ? followers : Leader.MAX_FOLLOWERS;
    boolean named = text.equals(MAJORITY) || text.equals(ALL);
    int quorum =
        named ? quorum(text, followers) : (int) environment.number(Variable.WRITE_QUORUM, 0, most);
    if (quorum > 0 && quorum < minWriteQuorum(environment, role, followers)) {
      throw new WrongVariableException(Variable.WRITE_QUORUM, text);
    }
    return quorum;
  }

  private static int quorum(String text, int followers) {
    return switch (text) {
      case MAJORITY -> followers == 0 ? 0 : followers / 2 + 1;
      case ALL -> followers;
      default -> Integer.parseInt(text);
    };
  }

  /** A leader without followers keeps the least there is, which it cannot reach. */
  private static int minWriteQuorum(Environment environment, Role role, int followers)
      throws WrongVariableException {
    int most = role == Role.LEADER ? Math.max(1, followers) : Leader.MAX_FOLLOWERS;
    return (int) environment.number(Variable.MIN_WRITE_QUORUM, 1, most);
  }

  private static long leaseNanos(Environment environment) throws WrongVariableException {
    Variable given =
        environment.given(Variable.LEASE_MS).isPresent()
            ? Variable.LEASE_MS
            : Variable.LINK_TIMEOUT_MS;
    return TimeUnit.MILLISECONDS.toNanos(environment.number(given, 50, 600_000));
  }

  private static LeaderLimits limits(Environment environment, int followers)
      throws WrongVariableException {
    long heapBytes = Runtime.getRuntime().maxMemory();
    long linkTimeout =
        TimeUnit.MILLISECONDS.toNanos(environment.number(Variable.LINK_TIMEOUT_MS, 50, 600_000));
    return new LeaderLimits(
        environment.bytes(Variable.MAX_STORE_BYTES, heapBytes / 2),
        environment.bytes(Variable.BACKLOG_BYTES, Math.min(64L << 20, heapBytes / 8)),
        (int) environment.number(Variable.MAX_WAITING_WRITES, 1, 1 << 24),
        environment.bytes(Variable.MAX_PENDING_BYTES, Math.min(256L << 20, heapBytes / 8)),
        (int) environment.number(Variable.MAX_UNCONFIRMED_WRITES, 1, 1 << 24),
        WINDOW_VERSIONS,
        Math.min(MOST_WINDOW_BYTES, heapBytes / 8 / Math.max(1, followers)),
        CHUNK_BYTES,
        (int) environment.number(Variable.MAX_TOMBSTONES, 0, 1_000_000_000),
        (int) environment.number(Variable.MAX_IDEMPOTENCY_KEYS, 0, 1 << 24),
        environment.number(Variable.IDEMPOTENCY_MS, 1, MOST_IDEMPOTENCY_MILLIS),
        linkTimeout,
        Math.min(
            Math.min(linkTimeout, leaseNanos(environment)) / HELLOS_PER_TIMEOUT, MAX_HELLO_NANOS),
        Math.min(linkTimeout, MAX_RETRY_NANOS));
  }
}
