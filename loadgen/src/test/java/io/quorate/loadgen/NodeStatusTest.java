package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeStatusTest {
  @Test
  void whatALeaderTellsIsRead() {
    NodeStatus status =
        Objects.requireNonNull(
            read(
                """
                {"id":"a:1","role":"leader","incarnation":"i1","epoch":1,"leader":null,"transport":"epoll",
                 "min_delay_ms":0.1,"max_delay_ms":1,"held_back_by":{"epoch":1},"new":[[1],null],
                 "completions":[{"w":2,"writes":9,"followers":[{"id":"b:2","count":9}]},{"w":"x"}],
                 "followers":[{"id":"b:2","url":"http://b:2","state":"probing",
                   "injected_delay_error_us":{"count":12,"p50":3.5,"p99":70,"max":81},
                   "round_trip":{"count":5,"p50_us":90,"p90_us":95.5,"p99_us":99,"max_us":120}}]}
                """));
    assertThat(status.isLeader()).isTrue();
    assertThat(status.minDelayMs()).isEqualTo(0.1);
    assertThat(status.maxDelayMs()).isEqualTo(1.0);
    assertThat(status.allStreaming()).isFalse();
    assertThat(status.followers())
        .containsExactly(
            new NodeStatus.Follower(
                "b:2",
                new NodeUrl("b", 2),
                "probing",
                new NodeStatus.DelayError(12, 3.5, 70, 81),
                new NodeStatus.RoundTrip(5, 90, 95.5, 99, 120)));
    assertThat(status.completions(2)).containsExactly(Map.entry("b:2", 9L));
    assertThat(status.completions(1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"a\":[1,2",
        "{} {}",
        "{\"id\":\"a\",\"role\":\"leader\",\"min_delay_ms\":0,\"max_delay_ms\":0,"
            + "\"followers\":[]}",
        "{\"id\":\"a\",\"incarnation\":\"i\",\"role\":\"leader\",\"min_delay_ms\":0,"
            + "\"max_delay_ms\":0}",
        "{\"id\":\"a\",\"incarnation\":\"i\",\"role\":\"leader\",\"min_delay_ms\":0,"
            + "\"max_delay_ms\":0,\"followers\":[{\"url\":\"nowhere\",\"state\":\"streaming\"}]}",
        "{\"id\":\"a\",\"incarnation\":\"i\",\"role\":\"leader\",\"min_delay_ms\":\"0\",\"max_delay_ms\":0,"
            + "\"followers\":[]}",
      })
  void whatIsNotAStatusIsNone(String body) {
    assertThat(read(body)).isNull();
  }

  private static @Nullable NodeStatus read(String body) {
    return NodeStatus.of(body.getBytes(StandardCharsets.UTF_8));
  }
}
