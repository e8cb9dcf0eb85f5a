package io.quorate.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.quorate.replication.Background;
import io.quorate.replication.Measures;
import io.quorate.replication.Replica;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What Prometheus scrapes, in the format that it asks for. What is owned by the node's loop is read
 * there; the text is made on a thread of its own, which also loads the library, so that a node that
 * is never scraped does not.
 */
final class MetricsAction implements Action {

  private static final AsciiString VARY =
      Answer.field(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);

  private final Replica replica;
  private final HttpCounts counts;
  private final Background background = new Background("metrics");

  MetricsAction(Replica replica, HttpCounts counts) {
    this.replica = replica;
    this.counts = counts;
  }

  @Override
  public void answer(Exchange exchange) {
    String accept = String.join(",", exchange.headers().getAll(HttpHeaderNames.ACCEPT));
    Later.answer(
        exchange,
        replica.measures().thenCompose(measures -> background.call(() -> answer(measures, accept))),
        Function.identity());
  }

  private Answer answer(Measures measures, String accept) throws IOException {
    List<MetricSnapshot> all = new ArrayList<>(RequestMetrics.of(counts));
    all.addAll(NodeMetrics.of(measures, replica.unready().isEmpty()));
    all.addAll(RuntimeMetrics.now());
    ExpositionFormatWriter writer = ExpositionFormats.init().findWriter(accept);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, new MetricSnapshots(all));
    return Answer.of(
            HttpResponseStatus.OK,
            new AsciiString(writer.getContentType()),
            Unpooled.wrappedBuffer(text.toByteArray()))
        .with(VARY);
  }
}
