package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.core.Condition;
import io.quorate.core.Key;
import io.quorate.core.Mutation;
import io.quorate.core.Refusal;
import io.quorate.core.Token;
import io.quorate.core.Waiter;
import io.quorate.core.Write;
import io.quorate.core.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many watches of one node, asked without HTTP. */
final class WatchesTest {

  private static final Key ALL = Key.of("");

  /** Bytes of a value that is told in pieces. */
  private static final int LARGE = 100_000;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long HEARTBEAT_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final Waiter NOBODY =
      new Waiter() {
        @Override
        public void answered(Write write, Answer answer) {}

        @Override
        public void refused(Refusal refusal) {}
      };

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final LoopbackNode node = new LoopbackNode(loop, "n", 1, (path, body) -> {});
  private final List<Token> made = new ArrayList<>();

  @BeforeEach
  void lead() {
    node.lead(List.of(), new Settings(0, 0, 0, TimeUnit.SECONDS.toNanos(1)));
    await().until(node::serves);
  }

  @AfterEach
  void stop() {
    node.live().stop().toCompletableFuture().join();
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
  }

  private <T> T onLoop(Callable<T> call) {
    return loop.submit(call).syncUninterruptibly().getNow();
  }

  private EventTexts texts(long limitBytes) {
    return new EventTexts(this::text, limitBytes);
  }

  private byte[] text(Mutation event) {
    made.add(event.token());
    byte[] value = event.value();
    return value == null ? new byte[0] : value;
  }

  private void write(String key, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    node.leader()
        .write(new WriteRequest(Key.of(key), bytes, Condition.NONE, 0, Long.MAX_VALUE, NOBODY));
  }

  private WatchStream watch(Key prefix, EventTexts texts) {
    WatchStart start =
        node.live()
            .watches()
            .begin(Token.NONE, prefix, HEARTBEAT_NANOS, texts)
            .toCompletableFuture()
            .join();
    return ((WatchStart.Begun) start).stream();
  }

  private static CompletableFuture<WatchPart> ask(WatchStream watch) {
    return watch.next().toCompletableFuture();
  }

  private static String told(WatchPart part) {
    return ((WatchPart.Events) part).text().toString(StandardCharsets.US_ASCII);
  }

  /** What the watch is told until it was so much. */
  private static String told(WatchStream watch, int bytes) {
    StringBuilder all = new StringBuilder();
    while (all.length() < bytes) {
      String part = told(ask(watch).join());
      assertThat(part.length()).isBetween(1, Watch.PART_BYTES);
      all.append(part);
    }
    return all.toString();
  }

  @Test
  void anEventIsMadeOnceHoweverManyWatch() {
    EventTexts texts = texts(1 << 20);
    List<WatchStream> watches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      watches.add(watch(ALL, texts));
    }
    write("a", "one");
    write("b", "2".repeat(LARGE));
    for (WatchStream watch : watches) {
      assertThat(told(watch, 3 + LARGE)).isEqualTo("one" + "2".repeat(LARGE));
    }
    assertThat(made).hasSize(2);
    watches.forEach(WatchStream::close);
    assertThat(onLoop(texts::heldBytes)).isZero();
  }

  @Test
  void aReaderWhoseTextGaveWayIsBrokenOffAndTheTextIsNotMadeAgainForItsRest() {
    EventTexts texts = texts(5L * LARGE / 2);
    List<WatchStream> watches = new ArrayList<>();
    for (String key : List.of("a", "b", "c")) {
      WatchStream watch = watch(Key.of(key), texts);
      write(key, key.repeat(LARGE));
      told(watch, 1);
      watches.add(watch);
      assertThat(onLoop(texts::heldBytes)).isLessThanOrEqualTo(5L * LARGE / 2);
    }
    assertThatThrownBy(() -> ask(watches.get(0)).join())
        .hasCauseInstanceOf(BrokenOffException.class);
    told(watches.get(1), LARGE - Watch.PART_BYTES);
    told(watches.get(2), LARGE - Watch.PART_BYTES);
    assertThat(made).doesNotHaveDuplicates();
    watches.get(0).close();
    assertThat(told(watch(Key.of("a"), texts), LARGE)).isEqualTo("a".repeat(LARGE));
  }

  @Test
  void whatWaitsForItsReaderKeepsNoMoreThanAPart() {
    WatchStream watch = watch(ALL, texts(1 << 20));
    write("k", "1".repeat(LARGE));
    ByteBuf piece = ((WatchPart.Events) ask(watch).join()).text();
    assertThat(piece.readableBytes()).isEqualTo(Watch.PART_BYTES);
    assertThat(piece.array()).hasSize(Watch.PART_BYTES);
  }

  @Test
  void aWatchThatFailsEndsSoThatNothingIsPassedOver() {
    EventTexts texts =
        new EventTexts(
            event -> {
              if (event.version() == 2) {
                throw new IllegalStateException("planted");
              }
              return text(event);
            },
            1 << 20);
    write("a", "one");
    write("b", "two");
    WatchStream watch = watch(ALL, texts);
    WatchStream other = watch(Key.of("a"), texts);
    assertThat(ask(watch))
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withMessageContaining("planted");
    assertThat(told(other, 3)).isEqualTo("one");
  }

  @Test
  void aTextThatSomebodyIsInTheMiddleOfOutlivesTheHistory() {
    EventTexts texts = texts(4 * LARGE);
    WatchStream slow = watch(ALL, texts);
    WatchStream fast = watch(ALL, texts);
    write("k", "1".repeat(LARGE));
    told(slow, 1);
    told(fast, LARGE);
    for (int version = 2; version <= 30; version++) {
      write("k", Integer.toString(version % 10).repeat(LARGE));
      told(fast, LARGE);
    }
    assertThat(told(slow, LARGE - Watch.PART_BYTES)).endsWith("1");
    assertThat(ask(slow).join())
        .isInstanceOfSatisfying(
            WatchPart.Cut.class,
            cut -> {
              assertThat(cut.resume()).isEqualTo(new Token(1, 1));
            });
    assertThat(made).doesNotHaveDuplicates();
  }

  @Test
  void anEventThatWasBegunIsToldToItsEndBeforeTheCut() {
    WatchStream watch = watch(ALL, texts(1 << 20));
    write("k", "1".repeat(LARGE));
    told(watch, 1);
    watch.end("it is over");
    told(watch, LARGE - Watch.PART_BYTES);
    assertThat(ask(watch).join()).isEqualTo(new WatchPart.Cut(new Token(1, 1), "it is over"));
  }

  @Test
  void watchesThatCatchUpLetOthersHaveTheirTurn() {
    for (int i = 0; i < 10_000; i++) {
      write("common", "v");
    }
    write("rare", "v");
    EventTexts texts = texts(1 << 20);
    List<WatchStream> watches = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      watches.add(watch(Key.of("rare"), texts));
    }
    List<CompletableFuture<WatchPart>> parts = new ArrayList<>();
    // What is due at once runs behind what is read from sockets by then.
    long toldByThen =
        onLoop(
                () -> {
                  watches.forEach(watch -> parts.add(ask(watch)));
                  return loop.schedule(
                      () -> parts.stream().filter(CompletableFuture::isDone).count(),
                      0,
                      TimeUnit.NANOSECONDS);
                })
            .syncUninterruptibly()
            .getNow();
    assertThat(toldByThen).isLessThan(100);
    parts.forEach(part -> assertThat(told(part.join())).isEqualTo("v"));
  }
}
