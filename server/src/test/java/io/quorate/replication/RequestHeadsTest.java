package io.quorate.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadsTest {

  private final RequestHeads heads = new RequestHeads("f1:8080");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 999, 1000, 16 << 10, (16 << 10) + 1, 1 << 20})
  void requestIsReadByTheStockDecoderWhateverTheLengthOfItsBody(int bytes) {
    ByteBuf body = Unpooled.buffer().writeZero(bytes);
    boolean copied = RequestHeads.isCopied(body);
    ByteBuf head = heads.write(UnpooledByteBufAllocator.DEFAULT, "append", body);
    assertThat(body.refCnt()).isEqualTo(copied ? 0 : 1);
    EmbeddedChannel follower =
        new EmbeddedChannel(new HttpRequestDecoder(), new HttpObjectAggregator(1 << 20));
    follower.writeInbound(head);
    if (!copied) {
      follower.writeInbound(body);
    }
    FullHttpRequest request = follower.readInbound();
    assertThat(request.method()).isEqualTo(HttpMethod.POST);
    assertThat(request.uri()).isEqualTo("/v1/replication/append");
    assertThat(request.headers().get("Host")).isEqualTo("f1:8080");
    assertThat(request.headers().get("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(request.headers().getInt("Content-Length")).isEqualTo(bytes);
    assertThat(request.content().readableBytes()).isEqualTo(bytes);
    request.release();
  }

  @Test
  void zoneOfAnAddressIsNotToldToAnybodyElse() {
    ByteBuf head =
        new RequestHeads("[fe80::2%eth0]:8080")
            .write(UnpooledByteBufAllocator.DEFAULT, "append", Unpooled.EMPTY_BUFFER);
    assertThat(head.toString(StandardCharsets.US_ASCII)).contains("[fe80::2]:8080\r\n");
    head.release();
  }
}
