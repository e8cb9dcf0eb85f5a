package io.quorate.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a node hold together, and when it is too much: requests for keys are
 * refused then, those of other nodes and about the node are not. Each connection tells what it
 * holds after each batch that it reads, so that the limits are passed by one batch at most on each
 * loop. Any thread.
 */
final class NodeLoad {

  private final int mostRequests;
  private final long mostAnswerBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong answerBytes = new AtomicLong();

  NodeLoad(HttpOptions options) {
    this.mostRequests = options.maxRequests();
    this.mostAnswerBytes = options.maxAnswerBytes();
  }

  void addRequests(int more) {
    requests.addAndGet(more);
  }

  void addAnswerBytes(long more) {
    answerBytes.addAndGet(more);
  }

  /** Why this request is not taken; null where it is. */
  @Nullable Problem refusal(Exchange exchange) {
    boolean manyRequests = requests.get() >= mostRequests;
    boolean manyBytes = answerBytes.get() >= mostAnswerBytes;
    if (!(manyRequests || manyBytes) || !exchange.isOfKeys()) {
      return null;
    }
    return manyRequests
        ? Problem.of(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            mostRequests + " requests wait for their answers here, as many as may")
        : Problem.unavailable(
                "answers of "
                    + mostAnswerBytes
                    + " bytes wait for clients to take them, as many as may")
            .counted(Ending.ANSWERS_FULL);
  }
}
