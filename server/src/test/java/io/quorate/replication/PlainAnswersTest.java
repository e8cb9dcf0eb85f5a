package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainAnswersTest {

  private static final String PLAIN =
      "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\nContent-Length: 5\r\n"
          + "date: today\r\nx:\r\n\r\nhello";
  private static final String REFUSAL = "HTTP/1.1 409 Conflict\r\ncontent-length:0\r\n\r\n";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";

  private final EmbeddedChannel channel = new EmbeddedChannel(new PlainAnswers(100));

  /** What comes out, each answer as its status and its body. */
  private List<String> answers() {
    List<String> answers = new ArrayList<>();
    for (Object read = channel.readInbound(); read != null; read = channel.readInbound()) {
      if (read instanceof LinkAnswer answer) {
        assertThat(answer.keepAlive()).isTrue();
        answers.add(answer.status() + text(answer.body()));
        answer.body().release();
      } else {
        FullHttpResponse response = (FullHttpResponse) read;
        boolean failed = response.decoderResult().isFailure();
        answers.add(
            "stock " + (failed ? "failed" : response.status().code() + text(response.content())));
        response.release();
      }
    }
    return answers;
  }

  private static String text(ByteBuf body) {
    return body.readableBytes() == 0 ? "" : " " + body.toString(StandardCharsets.US_ASCII);
  }

  private void receive(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  @Test
  void plainAnswersAreReadHoweverTheyAreCut() {
    String both = PLAIN + REFUSAL;
    for (int cut = 0; cut <= both.length(); cut++) {
      receive(both.substring(0, cut));
      receive(both.substring(cut));
      assertThat(answers()).as("cut at %s", cut).containsExactly("200 hello", "409");
    }
    both.chars().forEach(each -> receive(String.valueOf((char) each)));
    assertThat(answers()).containsExactly("200 hello", "409");
  }

  @Test
  void whatIsNotPlainGoesWholeToTheStockDecoderAndSoDoesWhatFollows() {
    String all = PLAIN + CHUNKED + PLAIN;
    for (int cut = 0; cut <= all.length(); cut++) {
      EmbeddedChannel fresh = new EmbeddedChannel(new PlainAnswers(100));
      fresh.writeInbound(Unpooled.copiedBuffer(all.substring(0, cut), StandardCharsets.US_ASCII));
      fresh.writeInbound(Unpooled.copiedBuffer(all.substring(cut), StandardCharsets.US_ASCII));
      fresh.inboundMessages().forEach(read -> channel.inboundMessages().add(read));
      assertThat(answers())
          .as("cut at %s", cut)
          .containsExactly("200 hello", "stock 200 hello", "stock 200 hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\na: b\r\n c\r\ncontent-length: 2\r\n\r\nok",
      })
  void unusualAnswerIsReadByTheStockDecoder(String answer) {
    receive(answer);
    assertThat(answers()).containsExactly("stock 200 ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\ncontent-length: 2\n\nok",
        "SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n",
      })
  void answerThatIsNotToBeTrustedIsNotTaken(String answer) {
    try {
      receive(answer);
    } catch (RuntimeException refused) {
      assertThat(refused).isNotNull();
    }
    assertThat(answers()).doesNotContain("200 ok", "stock 200 ok");
    assertThat(channel.pipeline().get(PlainAnswers.class)).isNull();
  }

  @Test
  void headWithoutAnEndIsNotHeldForever() {
    receive("HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 1_000; i++) {
      receive("name-of-some-field: some value of it\r\n");
    }
    assertThat(channel.pipeline().get(PlainAnswers.class)).isNull();
  }
}
