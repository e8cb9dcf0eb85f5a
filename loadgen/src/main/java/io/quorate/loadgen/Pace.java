package io.quorate.loadgen;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What decides when the requests of a load are sent. All of it happens on the event loop. */
interface Pace {
  /** Begins to send on these. */
  void start(List<Lane> lanes);

  /** The request of a lane has ended. */
  void free(Lane lane, boolean succeeded);

  /** Sends no more, and ends once the requests under way have ended. */
  void end();

  /** The connections are about to be closed, whether the run has ended or not. */
  void stopped();

  /** Completes, on the event loop, when the last request has ended. */
  CompletableFuture<RunEnd> done();
}
