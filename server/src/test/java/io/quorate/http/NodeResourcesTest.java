package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.Key;
import io.quorate.core.Token;
import io.quorate.replication.Convergence;
import io.quorate.replication.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a leader tells of itself and of its cluster, and what may be changed. */
final class NodeResourcesTest {

  private final TestLeader leader = new TestLeader(5);
  private final Wire wire = new Wire(leader);

  @Test
  void statusHasTheFieldsOfTheContract() {
    Response status = wire.ask("GET", "/v1/status");
    assertThat(status.header("Content-Type")).isEqualTo("application/json");
    assertThat(status.text())
        .isEqualTo(
            "{\"id\":\"n0\",\"role\":\"leader\",\"epoch\":2,\"leader\":\"n0\","
                + "\"leader_url\":\"http://n0:8080\",\"incarnation\":\"00ff\","
                + "\"transport\":\"nio\",\"last_version\":9,\"applied_version\":9,"
                + "\"confirmed_version\":7,"
                + "\"held_back_by\":{\"epoch\":2,\"version\":8,\"required\":3,\"acks\":1},"
                + "\"write_quorum\":3,\"min_delay_ms\":0.1,\"max_delay_ms\":1,"
                + "\"keys\":5,\"tombstones\":1,\"uptime_ms\":1234,\"watchers\":2,"
                + "\"unclean\":true,\"granted_epoch\":3,\"min_write_quorum\":2,"
                + "\"lease_ms\":2000,\"lease_left_ms\":1.5,\"serving\":true,"
                + "\"durability\":{\"data_dir\":true,\"fsync\":\"always\","
                + "\"may_lose\":\"nothing that was acknowledged\"},"
                + "\"log_bytes\":77,\"snapshot_version\":8,"
                + "\"completions\":[{\"w\":2,\"writes\":7,\"followers\":"
                + "[{\"id\":\"f0\",\"count\":4},{\"id\":\"f1\",\"count\":3}]}],"
                + "\"followers\":[{\"id\":\"f0\",\"url\":\"http://f0:8080\","
                + "\"state\":\"streaming\",\"acknowledged_version\":8,\"lag\":1,"
                + "\"in_flight\":1,\"last_contact_ms\":null,\"problem\":\"is out of reach\","
                + "\"injected_delay_error_us\":"
                + "{\"count\":2,\"p50\":10.5,\"p99\":20.0,\"max\":30.0},"
                + "\"round_trip\":{\"count\":3,\"p50_us\":40.5,\"p90_us\":50.0,"
                + "\"p99_us\":60.0,\"max_us\":70.0},\"sent_bytes\":4321}]}");
  }

  @Test
  void digestHasTheFieldsOfTheContract() {
    assertThat(wire.ask("GET", "/v1/digest").text())
        .isEqualTo(
            "{\"id\":\"n0\",\"applied_version\":6,\"last_version\":7,\"keys\":3,"
                + "\"digest\":\"abcd\"}");
  }

  @Test
  void convergenceHasTheFieldsOfTheContract() {
    leader.convergence =
        new Convergence(
            null,
            7,
            1,
            3,
            "ab",
            List.of(
                new Convergence.FollowerDigest("f0", 7L, 3L, "cd", false),
                new Convergence.FollowerDigest("f1", null, null, null, null)),
            List.of(new Convergence.Difference("k", TestLeader.versions("1.7", null))),
            "f1 is out of reach");
    assertThat(wire.ask("GET", "/v1/convergence?timeout=2s").text())
        .isEqualTo(
            "{\"converged\":null,\"version\":7,\"epoch\":1,\"keys\":3,\"digest\":\"ab\","
                + "\"followers\":[{\"id\":\"f0\",\"applied_version\":7,\"keys\":3,"
                + "\"digest\":\"cd\",\"equal\":false},{\"id\":\"f1\",\"applied_version\":null,"
                + "\"keys\":null,\"digest\":null,\"equal\":null}],"
                + "\"differences\":[{\"key\":\"k\",\"versions\":{\"f0\":null,\"n0\":\"1.7\"}}],"
                + "\"reason\":\"f1 is out of reach\"}");
    assertThat(leader.convergenceTimeoutNanos).isEqualTo(2_000_000_000L);
    assertThat(wire.ask("GET", "/v1/convergence?timeout=2").status()).isEqualTo(400);
  }

  @Test
  void configShowsTheSettingsInForce() {
    assertThat(wire.ask("GET", "/v1/config").text())
        .isEqualTo(
            "{\"write_quorum\":3,\"min_delay_ms\":0,\"max_delay_ms\":0,"
                + "\"write_timeout_ms\":5000}");
  }

  @Test
  void patchChangesWhatItNames() {
    Response patched =
        wire.askWith("PATCH", "/v1/config", "{\"min_delay_ms\":0.1,\"max_delay_ms\":1.0}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text())
        .isEqualTo(
            "{\"write_quorum\":3,\"min_delay_ms\":0.1,\"max_delay_ms\":1,"
                + "\"write_timeout_ms\":5000}");
    assertThat(leader.settings().maxDelayNanos()).isEqualTo(1_000_000);
    wire.askWith("PATCH", "/v1/config", "{\"write_quorum\":\"all\",\"write_timeout_ms\":250}");
    assertThat(leader.settings().writeQuorum()).isEqualTo(5);
    assertThat(leader.settings().writeTimeoutNanos()).isEqualTo(250_000_000);
    wire.askWith("PATCH", "/v1/config", "{\"write_timeout_ms\":3.5e2}");
    assertThat(leader.settings().writeTimeoutNanos()).isEqualTo(350_000_000);
    wire.askWith("PATCH", "/v1/config", "{\"write_quorum\":\"majority\"}");
    assertThat(leader.settings().writeQuorum()).isEqualTo(3);
    assertThat(wire.put("/v1/kv/k", "v").text()).endsWith("\"required\":3}");
    assertThat(wire.askWith("PATCH", "/v1/config", "{}").status()).isEqualTo(200);
  }

  @Test
  void patchKeepsWhatAnotherOneChangedMeanwhile() {
    leader.changeBeforehand(new Settings(1, 0, 0, 7_000_000_000L));
    assertThat(wire.askWith("PATCH", "/v1/config", "{\"max_delay_ms\":2}").text())
        .isEqualTo(
            "{\"write_quorum\":1,\"min_delay_ms\":0,\"max_delay_ms\":2,"
                + "\"write_timeout_ms\":7000}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{\"write_quorum\":6} | write_quorum=6: write_quorum takes 0 to 5",
        "{\"write_quorum\":1.5} | write_quorum=1.5: ",
        "{\"write_quorum\":\"3\"} | write_quorum=3: ",
        "{\"write_quorum\":null} | write_quorum=null: ",
        "{\"write_quorum\":1,\"min_delay_ms\":-1} | min_delay_ms=-1: min_delay_ms takes 0 to",
        "{\"write_quorum\":1,\"min_delay_ms\":2} | min_delay_ms would be 2.0 and max_delay_ms 0.0",
        "{\"write_quorum\":1,\"max_delay_ms\":60001} | max_delay_ms=60001: ",
        "{\"write_quorum\":1,\"max_delay_ms\":1e999999999} | max_delay_ms=1e999999999: ",
        "{\"write_quorum\":1,\"max_delay_ms\":\"1\"} | max_delay_ms=1: ",
        "{\"write_quorum\":1,\"max_delay_ms\":[1]} | max_delay_ms=[: ",
        "{\"write_quorum\":1,\"write_timeout_ms\":0} | write_timeout_ms=0: ",
        "{\"write_quorum\":1,\"write_timeout_ms\":1.5} | write_timeout_ms=1.5: write_timeout_ms"
            + " takes a whole number from 1 to 3600000",
        "{\"write_quorum\":1,\"write_timeout_ms\":3600001} | write_timeout_ms=3600001: ",
        "{\"write_quorum\":1,\"write_timeout_ms\":99999999999999999999} | write_timeout_ms=99999",
        "{\"write_quorum\":1,\"write_timeout_ms\":\"5\"} | write_timeout_ms=5: ",
        "{\"write_quorum\":1,\"colour\":0} | colour is not a setting",
        "{\"write_quorum\":1,\"write_quorum\":1} | Duplicate field 'write_quorum'",
        "{\"write_quorum\":1} x | not a JSON object",
        "{\"write_quorum\":1} 1 | something follows",
        "{\"write_quorum\":1 | not a JSON object",
        "[] | not a JSON object",
        "x | not a JSON object",
      })
  void patchWithAFaultIsRefusedWhole(String patch, String detail) {
    Response refused = wire.askWith("PATCH", "/v1/config", patch);
    KeysTest.assertNotApplied(refused, 400);
    assertThat(refused.text()).contains(detail);
    assertThat(leader.settings().writeQuorum()).isEqualTo(3);
    assertThat(refused.text()).doesNotContain("Source");
  }

  @Test
  void patchHasALimitOfItsOwn() {
    Wire narrow = new Wire(leader, TestOptions.withMaxValueBytes(0));
    String patch = "{\"write_quorum\":2}";
    assertThat(narrow.askWith("PATCH", "/v1/config", patch).status()).isEqualTo(200);
    String longest = patch + " ".repeat(16_384 - patch.length());
    assertThat(wire.askWith("PATCH", "/v1/config", longest).status()).isEqualTo(200);
    KeysTest.assertNotApplied(wire.askWith("PATCH", "/v1/config", longest + " "), 413);
  }

  @Test
  void emptyPatchIsRefused() {
    assertThat(wire.ask("PATCH", "/v1/config").status()).isEqualTo(400);
  }

  @Test
  void livenessIsAlwaysOkAndReadinessHasAReason() {
    leader.unready = Optional.of("2 of 3 followers have answered");
    assertThat(wire.ask("GET", "/livez").status()).isEqualTo(200);
    Response unready = wire.ask("GET", "/readyz");
    assertThat(unready.status()).isEqualTo(503);
    assertThat(unready.text()).contains("2 of 3 followers have answered");
    leader.unready = Optional.empty();
    assertThat(wire.ask("GET", "/readyz").status()).isEqualTo(200);
  }

  @Test
  void readyLeaderNamesTheFollowersThatItDoesNotCount() {
    assertThat(wire.ask("GET", "/readyz").text())
        .isEqualTo("{\"status\":\"ok\",\"problems\":[\"f0 is out of reach\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/status/", "/v1/statuss", "/V1/status"})
  void unknownPathIsNotFound(String path) {
    Response missing = wire.ask("GET", path);
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.header("Content-Type")).isEqualTo("application/problem+json");
    KeysTest.assertNotApplied(wire.put(path, "v"), 404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /v1/kv/k | GET, HEAD, PUT, DELETE",
        "OPTIONS | /v1/kv/k | GET, HEAD, PUT, DELETE",
        "DELETE | /v1/status | GET, HEAD",
        "PUT | /v1/config | GET, HEAD, PATCH",
        "BREW | /livez | GET, HEAD",
        "GET | /v1/replication/append | POST",
        "POST | /v1/snapshot | GET, HEAD",
      })
  void wrongMethodIsToldWhichAreAllowed(String method, String path, String allowed) {
    Response refused = wire.ask(method, path);
    assertThat(refused.status()).isEqualTo(405);
    assertThat(refused.header("Allow")).isEqualTo(allowed);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void absoluteTargetIsTakenForItsPath() {
    assertThat(wire.ask("GET", "http://n0:8080/livez?x").status()).isEqualTo(200);
    assertThat(wire.ask("GET", "HTTPS://[::1]/livez").status()).isEqualTo(200);
    assertThat(wire.ask("GET", "http://n0:8080").status()).isEqualTo(404);
    assertThat(wire.ask("GET", "http://n0?x").text()).contains("there is nothing at /\"");
  }

  @Test
  void nodeAsAWholeIsNotFound() {
    Response missing = wire.ask("OPTIONS", "*");
    KeysTest.assertNotApplied(missing, 404);
    assertThat(wire.isOpen()).isTrue();
  }

  @Test
  void targetMayHaveUtf8InItRaw() {
    assertThat(wire.put("/v1/kv/\u00c3\u00a9", "v").text()).contains("\"version\":1");
    assertThat(wire.ask("GET", "/v1/kv/%C3%A9").text()).isEqualTo("v");
  }

  @Test
  void leaderTakesTheRequestsOfOtherNodes() {
    String body = "x".repeat(100_000);
    Wire narrow = new Wire(leader, TestOptions.withMaxValueBytes(10));
    Response answer = narrow.askWith("POST", "/v1/replication/grant", body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("leader grant 100000");
  }

  @Test
  void testDoorIsShutUnlessOpened() {
    wire.put("/v1/kv/a%20b", "v");
    assertThat(wire.ask("POST", "/v1/test/alter?key=a%20b&what=byte").status()).isEqualTo(404);
    Wire open = new Wire(leader, TestOptions.withTestDoor());
    assertThat(open.ask("POST", "/v1/test/alter?key=a%20b&what=byte").status()).isEqualTo(200);
    assertThat(open.ask("GET", "/v1/kv/a%20b?consistency=local").text()).isEqualTo("w");
    assertThat(open.ask("POST", "/v1/test/alter?key=a%20b&what=version").status()).isEqualTo(200);
    assertThat(leader.store().newest(Key.of("a b")))
        .satisfies(entry -> assertThat(entry.token()).isEqualTo(new Token(1, 2)));
    assertThat(open.ask("POST", "/v1/test/alter?key=none&what=byte").status()).isEqualTo(404);
    assertThat(open.ask("POST", "/v1/test/alter?key=none&what=all").status()).isEqualTo(400);
    assertThat(open.ask("POST", "/v1/test/alter?what=byte").status()).isEqualTo(400);
  }
}
