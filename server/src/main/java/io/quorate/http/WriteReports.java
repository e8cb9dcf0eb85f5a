package io.quorate.http;

import io.quorate.core.Token;
import io.quorate.replication.LeaderReplica;
import io.quorate.replication.WriteReport;
import java.util.Optional;

/** What the leader remembers of one write. */
final class WriteReports implements Action {

  private final LeaderReplica leader;

  WriteReports(LeaderReplica leader) {
    this.leader = leader;
  }

  @Override
  public void answer(Exchange exchange) {
    String text = exchange.target().path().substring(Served.WRITES.length());
    Optional<Token> token = Parameters.token(text);
    if (token.isEmpty()) {
      exchange.refuse(
          Problem.notFound(
              "no write is called " + PercentCode.shown(text) + "; a write is epoch.version"));
      return;
    }
    Later.answer(exchange, leader.find(token.get()), found -> shown(token.get(), found));
  }

  private static Answer shown(Token token, Optional<WriteReport> found) {
    return found
        .map(report -> Answer.json(json(report)))
        .orElseGet(
            () ->
                Problem.notFound("the write " + token + " was never given here, or is forgotten")
                    .answer());
  }

  private static byte[] json(WriteReport report) {
    return JsonText.object(
        json -> {
          json.writeNumberField("version", report.version());
          json.writeNumberField("epoch", report.epoch());
          json.writeStringField("key", report.key().toString());
          json.writeNumberField("required", report.required());
          json.writeNumberField("acks", report.acknowledgements());
          json.writeBooleanField("confirmed", report.confirmed());
          json.writeArrayFieldStart("followers");
          for (WriteReport.Holder holder : report.followers()) {
            json.writeStartObject();
            json.writeStringField("id", holder.id());
            json.writeBooleanField("acknowledged", holder.acknowledged());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
