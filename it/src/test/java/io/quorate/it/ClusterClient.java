package io.quorate.it;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A client that is told of all nodes and not of who leads them. It goes where it is redirected and
 * stays there. After an answer that tells it nothing, or none, it asks the next node the next time:
 * a write is never sent again once it may have been taken.
 */
final class ClusterClient implements Writable {

  private static final int MOST_REDIRECTS = 5;

  private final List<NodeClient> nodes;

  /** Which of the nodes was asked last. */
  private volatile int number;

  /** Where the next write goes first. */
  private volatile NodeClient asked;

  private ClusterClient(List<NodeClient> nodes) {
    this.nodes = nodes;
    this.asked = nodes.get(0);
  }

  static ClusterClient of(Cluster cluster) {
    return new ClusterClient(cluster.nodes().stream().map(NodeHandle::client).toList());
  }

  @Override
  public Written put(String key, String value, String query) {
    return write(node -> node.put(key, value, query));
  }

  @Override
  public Written delete(String key, String query) {
    return write(node -> node.delete(key, query));
  }

  private Written write(Function<NodeClient, Written> attempt) {
    NodeClient node = asked;
    try {
      for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
        Written answer = attempt.apply(node);
        if (answer.status() != 307) {
          if (answer.status() == 503) {
            askAnother(node);
          }
          return answer;
        }
        node = node.at(baseOf(answer.location()));
        asked = node;
      }
    } catch (UncheckedIOException unanswered) {
      askAnother(node);
      throw unanswered;
    }
    askAnother(node);
    return Written.unsent();
  }

  /** Unless another thread has found out meanwhile. */
  private synchronized void askAnother(NodeClient silent) {
    if (asked.url().equals(silent.url())) {
      number = (number + 1) % nodes.size();
      asked = nodes.get(number);
    }
  }

  private static String baseOf(String location) {
    int path = location.indexOf("/v1/");
    if (path <= 0) {
      throw new AssertionError("redirected to '" + location + "'");
    }
    return location.substring(0, path);
  }

  @Override
  public String url() {
    return asked.url();
  }

  @Override
  public ClusterClient within(Duration limit) {
    return new ClusterClient(nodes.stream().map(node -> node.within(limit)).toList());
  }
}
