package io.quorate.http;

import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.quorate.core.Key;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to its answer. Owned by its connection's loop; only {@link #answer} may be
 * called from elsewhere.
 */
final class Exchange {

  private static final byte[] NO_BODY = {};

  private final AnswerOrder order;
  private final HttpMethod method;

  /** Null where {@link #form} is not. */
  private final @Nullable HttpRequest head;

  /** Of a plain request; with it {@link #plainKey} and {@link #plainQuery}, but not its body. */
  private final PlainRequest.@Nullable Form form;

  private final @Nullable Key plainKey;
  private final Query plainQuery;
  private final boolean keepAlive;
  private final long declaredLength;

  private @Nullable Target target;
  private Routes.@Nullable Match match;
  private byte[] body = NO_BODY;

  /** Whether the client waits for 100 before it sends the body. */
  private boolean awaitsContinue;

  /** Null until it is known. */
  private @Nullable Answer answer;

  private @Nullable Runnable onDrop;

  Exchange(AnswerOrder order, HttpRequest head) {
    this.order = order;
    this.method = head.method();
    this.head = head;
    this.form = null;
    this.plainKey = null;
    this.plainQuery = Query.NONE;
    this.keepAlive = HttpUtil.isKeepAlive(head);
    this.declaredLength =
        head.decoderResult().isFailure() ? -1 : HttpUtil.getContentLength(head, -1L);
  }

  /** One whose body is there already and whose route is known. */
  Exchange(AnswerOrder order, PlainRequest plain) {
    this.order = order;
    this.method = plain.form().method();
    this.head = null;
    this.form = plain.form();
    this.plainKey = plain.key();
    this.plainQuery = plain.query();
    this.keepAlive = true;
    this.declaredLength = plain.form().bodied() ? plain.body().length : -1;
    this.match = plain.form().match();
    this.body = plain.body();
  }

  /** The head as the decoder has it, of a request that is not plain. */
  HttpRequest head() {
    HttpRequest decoded = head;
    if (decoded == null) {
      throw new IllegalStateException("a plain request has no decoded head");
    }
    return decoded;
  }

  HttpMethod method() {
    return method;
  }

  /** The fields that an answer may depend on; a plain request has none of them. */
  HttpHeaders headers() {
    return head == null ? EmptyHttpHeaders.INSTANCE : head.headers();
  }

  Target target() {
    Target known = target;
    if (known == null) {
      known = form == null ? Target.of(head().uri()) : form.target(plainKey, plainQuery);
      target = known;
    }
    return known;
  }

  Query query() {
    return form == null ? target().query() : plainQuery;
  }

  /** The key that follows {@link Served#KEYS} in its path. */
  Parsed<Key> key() {
    Key known = plainKey;
    return known == null
        ? PercentCode.key(target().path().substring(Served.KEYS.length()))
        : Parsed.value(known);
  }

  /**
   * Whether it asks for something to be changed, so that its failure must tell what became of it.
   */
  boolean isWrite() {
    return !isHead() && !method.equals(HttpMethod.GET);
  }

  boolean isHead() {
    return method.equals(HttpMethod.HEAD);
  }

  boolean keepAlive() {
    return keepAlive;
  }

  /** Whether the connection stays where nobody says anything else, as in HTTP/1.1. */
  boolean keepAliveIsDefault() {
    return head == null || head.protocolVersion().isKeepAliveDefault();
  }

  /** The length of the body as the head tells it; -1 where it does not. */
  long declaredLength() {
    return declaredLength;
  }

  /** Whether a body follows the head. */
  boolean announcesBody() {
    return declaredLength > 0 || (head != null && HttpUtil.isTransferEncodingChunked(head));
  }

  /** Whether it is for keys, and not for or about the node. */
  boolean isOfKeys() {
    if (form != null) {
      return form.keyed();
    }
    String path = target().path();
    return path.startsWith(Served.KEY_LIST) || path.equals(Served.BATCH);
  }

  void match(Routes.Match found) {
    match = found;
  }

  /** Who answers it; known before its body is read. */
  Routes.Match match() {
    Routes.Match found = match;
    if (found == null) {
      throw new IllegalStateException("no route was looked for");
    }
    return found;
  }

  /** What it counts as; what came before a route was looked for is none of a key. */
  Asked asked() {
    Routes.Match found = match;
    return found == null ? Asked.OTHER : found.asked();
  }

  void body(byte[] whole) {
    body = whole;
  }

  /** It has been looked at; the request may wait long for its answer. */
  void dropBody() {
    body = NO_BODY;
  }

  /** The whole body; empty once the action has been called, and where its route takes none. */
  byte[] body() {
    return body;
  }

  /** Its connection's loop. */
  Executor loop() {
    return order.loop();
  }

  /** What has come on its connection. */
  Traffic traffic() {
    return order.traffic();
  }

  /** Answers it, once; later calls are ignored. Any thread. */
  void answer(Answer given) {
    order.complete(this, given);
  }

  /** Answers with a problem, which tells that nothing was applied if this is a write. */
  void refuse(Problem problem) {
    answer(refusal(problem));
  }

  Answer refusal(Problem problem) {
    return (isWrite() ? problem.outcome(Problem.Outcome.NOT_APPLIED) : problem).answer();
  }

  /** Tells the client to send the body, as soon as all earlier requests are answered. */
  void askForBody() {
    awaitsContinue = true;
    order.askForBody();
  }

  boolean awaitsContinue() {
    return awaitsContinue;
  }

  /** The body came, or the client was told to send it. */
  void stopAwaiting() {
    awaitsContinue = false;
  }

  /** To be called when nobody takes the answer any more. On the connection's loop. */
  void whenDropped(Runnable dropped) {
    onDrop = dropped;
  }

  /** Nobody takes the answer any more. */
  void drop() {
    Runnable dropped = onDrop;
    if (dropped != null) {
      dropped.run();
    }
  }

  @Nullable Answer known() {
    return answer;
  }

  void know(Answer given) {
    answer = given;
  }
}
