package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerDecoderTest implements AnswerDecoder.Receiver {
  private static final String WRITTEN =
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\netag: \"3.4711\"\r\n"
          + "content-length: 4\r\n\r\n{12}";

  private final List<String> received = new ArrayList<>();
  private boolean wantsBody = true;
  private final EmbeddedChannel channel = new EmbeddedChannel(new AnswerDecoder(this));

  @Override
  public boolean wantsBody() {
    return wantsBody;
  }

  @Override
  public void answer(int status, @Nullable KeyVersion version, byte[] body, boolean isLast) {
    String text = new String(body, StandardCharsets.UTF_8);
    received.add(status + " " + version + " " + text + (isLast ? " last" : ""));
  }

  @Override
  public void unreadable(String why) {
    received.add("unreadable: " + why);
  }

  @Test
  void anAnswerIsReadWhereverItIsCutInTwo() {
    for (int cut = 0; cut <= WRITTEN.length(); cut++) {
      received.clear();
      receive(WRITTEN.substring(0, cut));
      receive(WRITTEN.substring(cut));
      assertThat(received).as("cut at %d", cut).containsExactly("200 3.4711 {12}");
    }
  }

  @Test
  void anAnswerIsReadByteByByte() {
    for (int at = 0; at < WRITTEN.length(); at++) {
      receive(WRITTEN.substring(at, at + 1));
    }
    assertThat(received).containsExactly("200 3.4711 {12}");
  }

  @Test
  void answersFollowOneAnother() {
    receive(WRITTEN + "HTTP/1.1 404 Not Found\r\nContent-Length:0\r\n\r\n" + WRITTEN);
    assertThat(received).containsExactly("200 3.4711 {12}", "404 null ", "200 3.4711 {12}");
  }

  @Test
  void aBodyThatNobodyWantsIsPassedOver() {
    wantsBody = false;
    receive(WRITTEN + WRITTEN);
    assertThat(received).containsExactly("200 3.4711 ", "200 3.4711 ");
  }

  @Test
  void namesAreReadInWhateverCase() {
    receive("HTTP/1.1 200 OK\r\nEtag: \"1.2\"\r\nConnection: close\r\nContent-length: 1\r\n\r\nx");
    assertThat(received).containsExactly("200 1.2 x last");
  }

  @Test
  void anInterimAnswerIsPassedOverAndA204HasNoBody() {
    receive("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n" + WRITTEN);
    assertThat(received).containsExactly("204 null ", "200 3.4711 {12}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1x\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 5000000\r\n\r\n",
      })
  void whatNoNodeAnswersIsUnreadableOnce(String answer) {
    receive(answer);
    receive(WRITTEN);
    assertThat(received).hasSize(1).allMatch(each -> each.startsWith("unreadable: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "\"1.2", "\"12\"", "\".2\"", "\"1.\"", "\"1.x\"", "W/\"1.2\"", ""})
  void aTagThatNamesNoVersionIsNone(String tag) {
    receive("HTTP/1.1 200 OK\r\netag: " + tag + "\r\ncontent-length: 0\r\n\r\n");
    assertThat(received).containsExactly("200 null ");
  }

  private void receive(String bytes) {
    channel.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
  }
}
