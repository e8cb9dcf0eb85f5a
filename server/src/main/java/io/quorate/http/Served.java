package io.quorate.http;

import io.netty.handler.codec.http.HttpMethod;
import io.quorate.replication.FollowerReplica;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Replica;

/** What each role serves. */
final class Served {

  /** Begins all paths of keys. */
  static final String KEY_LIST = "/v1/kv";

  static final String KEYS = KEY_LIST + "/";
  static final String BATCH = "/v1/batch";
  static final String WRITES = "/v1/writes/";
  static final String CONFIG = "/v1/config";
  static final String CONVERGENCE = "/v1/convergence";
  static final String PROMOTE = "/v1/promote";
  static final String SWITCHOVER = "/v1/switchover";
  static final String SNAPSHOT = "/v1/snapshot";
  static final String WATCH = "/v1/watch";
  static final String REPLICATION = "/v1/replication/";
  static final String APPEND = REPLICATION + "append";

  static final int MAX_PATCH_BYTES = 16 << 10;

  private Served() {}

  static Routes byLeader(LeaderReplica leader, HttpOptions options, Budgets budgets) {
    ConfigActions config = new ConfigActions(leader);
    LeaderWrite write = new LeaderWrite(leader, budgets.counts());
    BatchWrite batch = new BatchWrite(leader, budgets.counts(), options.maxValueBytes());
    ReceivedBytes bodies = budgets.clientBodies();
    return byBoth(leader, options, budgets)
        .get(KEYS, new LeaderRead(leader))
        .get(KEY_LIST, new KeyListOfLeader(leader))
        .taking(HttpMethod.PUT, KEYS, write, options.maxValueBytes(), bodies)
        .on(HttpMethod.DELETE, KEYS, write)
        .taking(HttpMethod.POST, BATCH, batch, options.maxValueBytes(), bodies)
        .get(WRITES, new WriteReports(leader))
        .get(CONVERGENCE, new ConvergenceAction(leader))
        .get(CONFIG, config::show)
        .taking(HttpMethod.PATCH, CONFIG, config::change, MAX_PATCH_BYTES, bodies)
        .on(HttpMethod.POST, SWITCHOVER, new SwitchoverAction(leader));
  }

  static Routes byFollower(FollowerReplica follower, HttpOptions options, Budgets budgets) {
    ToLeader toLeader = new ToLeader(follower);
    return byBoth(follower, options, budgets)
        .get(KEYS, new FollowerRead(follower, toLeader))
        .get(KEY_LIST, new KeyListOfFollower(follower, toLeader))
        .on(HttpMethod.PUT, KEYS, toLeader)
        .on(HttpMethod.DELETE, KEYS, toLeader)
        .on(HttpMethod.POST, BATCH, toLeader)
        .get(WRITES, toLeader)
        .get(CONVERGENCE, toLeader)
        .get(CONFIG, toLeader)
        .on(HttpMethod.PATCH, CONFIG, toLeader)
        .on(HttpMethod.POST, SWITCHOVER, toLeader);
  }

  private static Routes byBoth(Replica replica, HttpOptions options, Budgets budgets) {
    NodeActions node = new NodeActions(replica);
    Routes routes =
        new Routes(options.maxValueBytes(), budgets.counts())
            .taking(
                HttpMethod.POST,
                REPLICATION,
                new ReplicationAction(replica),
                options.maxReplicationBytes(),
                budgets.replicationBodies())
            .get("/v1/status", node::status)
            .get("/v1/digest", node::digest)
            .get("/livez", NodeActions::live)
            .get("/readyz", node::ready)
            .get("/metrics", new MetricsAction(replica, budgets.counts()))
            .get("/openapi.yaml", ApiDescription::show)
            .on(HttpMethod.POST, PROMOTE, new PromoteAction(replica))
            .get(SNAPSHOT, new SnapshotAction(replica, budgets.snapshots()))
            .get(WATCH, new WatchAction(replica, options.watching(), budgets));
    return options.testDoor() ? routes.on(HttpMethod.POST, "/v1/test/alter", node::alter) : routes;
  }
}
