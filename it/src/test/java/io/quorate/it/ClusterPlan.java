package io.quorate.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cluster is to be.
 *
 * @param followers how many are started
 * @param leaderVariables what the leader is told beside where its followers are
 * @param nodeVariables what each node is told, whoever leads
 * @param unstartedFollowers URLs of further followers, which nothing is started for
 * @param heapMegabytes most heap of each node
 * @param disks whether each node has a disk, which outlives its process
 */
record ClusterPlan(
    int followers,
    Map<String, String> leaderVariables,
    Map<String, String> nodeVariables,
    List<String> unstartedFollowers,
    int heapMegabytes,
    boolean disks) {

  private static final int HEAP_MEGABYTES = 192;

  static ClusterPlan of(int followers) {
    return new ClusterPlan(followers, Map.of(), Map.of(), List.of(), HEAP_MEGABYTES, false);
  }

  /**
   * The same nodes with a disk each, any of which may come to lead. A leader notices soon that a
   * node is away, and its lease is short.
   */
  static ClusterPlan withDisks(int followers) {
    return new ClusterPlan(followers, Map.of(), Map.of(), List.of(), HEAP_MEGABYTES, true)
        .everywhere("LINK_TIMEOUT_MS", "1000")
        .everywhere("LEASE_MS", "500")
        .everywhere("WRITE_TIMEOUT_MS", "2000")
        .with("WRITE_QUORUM", "1");
  }

  /** The same, with a variable of the leader. */
  ClusterPlan with(String variable, String value) {
    Map<String, String> variables = with(leaderVariables, variable, value);
    return new ClusterPlan(
        followers, variables, nodeVariables, unstartedFollowers, heapMegabytes, disks);
  }

  /** The same, with a variable of every node. */
  ClusterPlan everywhere(String variable, String value) {
    Map<String, String> variables = with(nodeVariables, variable, value);
    return new ClusterPlan(
        followers, leaderVariables, variables, unstartedFollowers, heapMegabytes, disks);
  }

  private static Map<String, String> with(
      Map<String, String> variables, String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(variables);
    more.put(variable, value);
    return more;
  }

  /** The same, with one more follower that the leader is told of and nobody starts. */
  ClusterPlan withUnstartedFollower(String url) {
    List<String> urls = new ArrayList<>(unstartedFollowers);
    urls.add(url);
    return new ClusterPlan(followers, leaderVariables, nodeVariables, urls, heapMegabytes, disks);
  }

  ClusterPlan withHeap(int megabytes) {
    return new ClusterPlan(
        followers, leaderVariables, nodeVariables, unstartedFollowers, megabytes, disks);
  }

  /** All that a follower is told beside its address and its disk. */
  Map<String, String> variablesOfFollower() {
    return with(nodeVariables, "ROLE", "follower");
  }

  /**
   * All that the leader is told beside its address and its disk.
   *
   * @param followerUrls of those that are started
   */
  Map<String, String> variablesOfLeader(List<String> followerUrls) {
    List<String> urls = new ArrayList<>(followerUrls);
    urls.addAll(unstartedFollowers);
    Map<String, String> variables = new LinkedHashMap<>(nodeVariables);
    variables.putAll(leaderVariables);
    variables.put("ROLE", "leader");
    variables.put("FOLLOWER_URLS", String.join(",", urls));
    return variables;
  }
}
