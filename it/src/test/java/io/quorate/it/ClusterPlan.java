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
 * @param unstartedFollowers URLs of further followers, which nothing is started for
 * @param heapMegabytes most heap of each node
 */
record ClusterPlan(
    int followers,
    Map<String, String> leaderVariables,
    List<String> unstartedFollowers,
    int heapMegabytes) {

  private static final int HEAP_MEGABYTES = 192;

  static ClusterPlan of(int followers) {
    return new ClusterPlan(followers, Map.of(), List.of(), HEAP_MEGABYTES);
  }

  /** The same, with a variable of the leader. */
  ClusterPlan with(String variable, String value) {
    Map<String, String> variables = new LinkedHashMap<>(leaderVariables);
    variables.put(variable, value);
    return new ClusterPlan(followers, variables, unstartedFollowers, heapMegabytes);
  }

  /** The same, with one more follower that the leader is told of and nobody starts. */
  ClusterPlan withUnstartedFollower(String url) {
    List<String> urls = new ArrayList<>(unstartedFollowers);
    urls.add(url);
    return new ClusterPlan(followers, leaderVariables, urls, heapMegabytes);
  }

  ClusterPlan withHeap(int megabytes) {
    return new ClusterPlan(followers, leaderVariables, unstartedFollowers, megabytes);
  }
}
