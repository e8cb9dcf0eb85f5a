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

  private Served() {}

  static Routes byLeader(LeaderReplica leader, HttpOptions options) {
    ConfigActions config = new ConfigActions(leader);
    return byBoth(leader, options)
        .get(KEYS, new LeaderRead(leader))
        .on(HttpMethod.PUT, KEYS, new LeaderWrite(leader))
        .on(HttpMethod.DELETE, KEYS, new LeaderWrite(leader))
        .get(WRITES, new WriteReports(leader))
        .get(CONVERGENCE, new ConvergenceAction(leader))
        .get(CONFIG, config::show)
        .on(HttpMethod.PATCH, CONFIG, config::change)
        .on(HttpMethod.POST, REPLICATION, notAFollower(), options.maxReplicationBytes());
  }

  static Routes byFollower(FollowerReplica follower, HttpOptions options) {
    ToLeader toLeader = new ToLeader(follower);
    return byBoth(follower, options)
        .get(KEYS, new FollowerRead(follower, toLeader))
        .on(HttpMethod.PUT, KEYS, toLeader)
        .on(HttpMethod.DELETE, KEYS, toLeader)
        .get(WRITES, toLeader)
        .get(CONVERGENCE, toLeader)
        .get(CONFIG, toLeader)
        .on(HttpMethod.PATCH, CONFIG, toLeader)
        .on(
            HttpMethod.POST,
            REPLICATION,
            new ReplicationAction(follower),
            options.maxReplicationBytes());
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
