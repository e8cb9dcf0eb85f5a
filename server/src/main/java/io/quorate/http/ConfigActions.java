package io.quorate.http;

import io.quorate.replication.LeaderReplica;
import io.quorate.replication.Settings;

/** What a leader may be told to change while it runs. */
final class ConfigActions {

  private final LeaderReplica leader;

  ConfigActions(LeaderReplica leader) {
    this.leader = leader;
  }

  void show(Exchange exchange) {
    exchange.answer(shown(leader.settings()));
  }

  void change(Exchange exchange) {
    change(exchange, exchange.body());
  }

  private void change(Exchange exchange, byte[] patch) {
    Settings before = leader.settings();
    Parsed<Settings> patched =
        SettingsPatch.apply(
            patch, before, new QuorumRange(leader.followers(), leader.minWriteQuorum()));
    if (patched instanceof Parsed.Value<Settings> settings) {
      Later.then(
          exchange,
          leader.change(before, settings.value()),
          change -> answerChange(exchange, patch, change, settings.value()));
    } else {
      exchange.refuse(((Parsed.Fault<Settings>) patched).problem());
    }
  }

  private void answerChange(
      Exchange exchange, byte[] patch, LeaderReplica.Change change, Settings settings) {
    switch (change) {
      case MADE -> exchange.answer(shown(settings));
      // Another patch came first: this one is applied to what that one left.
      case OTHERS_IN_FORCE -> change(exchange, patch);
      case NOT_LEADING -> exchange.refuse(Problem.unavailable("this node does not lead any more"));
    }
  }

  private static Answer shown(Settings settings) {
    return Answer.json(
        JsonText.object(
            json -> {
              json.writeNumberField("write_quorum", settings.writeQuorum());
              JsonText.millis(json, "min_delay_ms", settings.minDelayNanos());
              JsonText.millis(json, "max_delay_ms", settings.maxDelayNanos());
              JsonText.millis(json, "write_timeout_ms", settings.writeTimeoutNanos());
            }));
  }
}
