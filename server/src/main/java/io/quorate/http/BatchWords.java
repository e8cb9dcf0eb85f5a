package io.quorate.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.quorate.core.Key;
import io.quorate.core.Refusal;
import io.quorate.core.Write;
import java.io.IOException;
import java.util.List;

/**
 * What the client of a batch is told.
 *
 * @param keys of its items, in their order, which is that of their versions
 */
record BatchWords(List<Key> keys) implements WritingClient.Words {

  @Override
  public byte[] confirmed(Write write) {
    return JsonText.object(
        json -> {
          json.writeNumberField("epoch", write.last().epoch());
          json.writeNumberField("version", write.version());
          json.writeNumberField("acks", write.acknowledgements());
          json.writeNumberField("required", write.required());
          json.writeArrayFieldStart("writes");
          writes(json, write.version() - keys.size());
          json.writeEndArray();
        });
  }

  /** Of a repeated write the leader may know no more than its last version. */
  private void writes(JsonGenerator json, long versionBefore) throws IOException {
    long version = versionBefore;
    for (Key key : keys) {
      json.writeStartObject();
      json.writeStringField("key", key.toString());
      json.writeNumberField("version", ++version);
      json.writeEndObject();
    }
  }

  @Override
  public Problem refused(Refusal refusal, Target target) {
    Problem problem = WriteAnswers.refused(refusal, target);
    return refusal.place() == 0 ? problem : problem.number("item", refusal.place());
  }
}
