package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Replica;

/** What each role serves. */
final class Served {

  static final String KEYS = "/v1/kv/";
  static final String WRITES = "/v1/writes/";
  static final String CONFIG = "/v1/config";
  static final String CONVERGENCE = "/v1/convergence";
  static final String REPLICATION = "/v1/replication/";
  static final String APPEND = REPLICATION + "append";

  private static final int MAX_PATCH_BYTES = 16 << 10;

  private Served() {}

  static Routes byLeader(LeaderReplica leader, HttpOptions options) {
    ConfigActions config = new ConfigActions(leader);
    LeaderWrite write = new LeaderWrite(leader);
    ReceivedBytes bodies =
        new ReceivedBytes(
            Math.max(
                options.maxReceivedBytes(), Math.max(options.maxValueBytes(), MAX_PATCH_BYTES)));
    return byBoth(leader, options)
        .get(KEYS, new LeaderRead(leader))
        .taking(HttpMethod.PUT, KEYS, write, options.maxValueBytes(), bodies)
        .on(HttpMethod.DELETE, KEYS, write)
        .get(WRITES, new WriteReports(leader))
        .get(CONVERGENCE, new ConvergenceAction(leader))
        .get(CONFIG, config::show)
        .taking(HttpMethod.PATCH, CONFIG, config::change, MAX_PATCH_BYTES, bodies)
        .on(HttpMethod.POST, REPLICATION, notAFollower());
  }

  static Routes byFollower(FollowerReplica follower, HttpOptions options) {
    ToLeader toLeader = new ToLeader(follower);
    int replicationBytes = options.maxReplicationBytes();
    // No client has a share in it. Twice the longest, for a leader sends on several connections.
    ReceivedBytes bodies =
        new ReceivedBytes(Math.max(options.maxReceivedBytes(), 2L * replicationBytes));
    return byBoth(follower, options)
        .get(KEYS, new FollowerRead(follower, toLeader))
        .on(HttpMethod.PUT, KEYS, toLeader)
        .on(HttpMethod.DELETE, KEYS, toLeader)
        .get(WRITES, toLeader)
        .get(CONVERGENCE, toLeader)
        .get(CONFIG, toLeader)
        .on(HttpMethod.PATCH, CONFIG, toLeader)
        .taking(
            HttpMethod.POST,
            REPLICATION,
            new ReplicationAction(follower),
            replicationBytes,
            bodies);
  }

  private static Routes byBoth(Replica replica, HttpOptions options) {
    NodeActions node = new NodeActions(replica);
    Routes routes =
        new Routes(options.maxValueBytes())
            .get("/v1/status", node::status)
            .get("/v1/digest", node::digest)
            .get("/livez", NodeActions::live)
            .get("/readyz", node::ready);
    return options.testDoor() ? routes.on(HttpMethod.POST, "/v1/test/alter", node::alter) : routes;
  }

  private static Action.Refusing notAFollower() {
    return exchange ->
        exchange.refusal(
            Problem.of(HttpResponseStatus.CONFLICT, "this node is a leader and follows nobody"));
  }
}
