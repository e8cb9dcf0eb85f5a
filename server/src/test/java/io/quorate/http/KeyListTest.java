package io.quorate.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorate.core.Key;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GET and HEAD of pages of keys, on either role. */
final class KeyListTest {

  private final TestLeader leader = new TestLeader(2);
  private final Wire wire = new Wire(leader);
  private final TestFollower follower = new TestFollower();
  private final Wire followerWire = new Wire(follower);

  @Test
  void pageTellsEachKeysTokenAndWhereTheNextBegins() {
    wire.put("/v1/kv/b", "v");
    wire.put("/v1/kv/a", "v");
    wire.put("/v1/kv/c", "v");
    wire.ask("DELETE", "/v1/kv/c");
    wire.put("/v1/kv/a", "again");
    Response all = wire.ask("GET", "/v1/kv");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.header("Content-Type")).isEqualTo("application/json");
    assertThat(all.text())
        .isEqualTo(
            "{\"keys\":[{\"key\":\"a\",\"version\":5,\"epoch\":1},"
                + "{\"key\":\"b\",\"version\":1,\"epoch\":1}],\"next\":null}");
    assertThat(wire.ask("GET", "/v1/kv?limit=1").text())
        .isEqualTo("{\"keys\":[{\"key\":\"a\",\"version\":5,\"epoch\":1}],\"next\":\"a\"}");
    assertThat(wire.ask("GET", "/v1/kv?prefix=x").text()).isEqualTo("{\"keys\":[],\"next\":null}");
  }

  @Test
  void headAnswersAsGetWithoutTheBody() {
    wire.put("/v1/kv/a", "v");
    Response get = wire.ask("GET", "/v1/kv?prefix=a");
    Response head = wire.ask("HEAD", "/v1/kv?prefix=a");
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo("" + get.body().length);
    assertThat(head.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void othersThanGetAndHeadAreNotTaken() {
    Response put = wire.put("/v1/kv", "v");
    assertThat(put.status()).isEqualTo(405);
    assertThat(put.header("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void nextPutEncodedIntoAfterGoesOnWhateverCharactersAKeyHas() {
    List<String> keys = new ArrayList<>();
    for (String part :
        List.of("\u0000", "\n", " ", "\"", "%", "%25", "&", "+", "/", "=", "?", "\\", "a", "é")) {
      keys.add(part);
      keys.add(part + "\u0000");
      keys.add(part + "z");
    }
    keys.addAll(List.of("\u007f", "\ud7ff", "\uffff", "\ud83d\ude00", "é".repeat(256)));
    for (String key : keys) {
      assertThat(wire.put("/v1/kv/" + encoded(key) + "?w=1", "v").status()).isEqualTo(200);
    }
    keys.sort((a, b) -> Key.of(a).compareTo(Key.of(b)));
    for (int limit : List.of(1, 3, 1000)) {
      assertThat(walk(wire, "prefix=&limit=" + limit)).isEqualTo(keys);
    }
    for (String prefix : keys) {
      assertThat(walk(wire, "limit=2&prefix=" + encoded(prefix)))
          .isEqualTo(keys.stream().filter(key -> key.startsWith(prefix)).toList());
    }
  }

  @Test
  void limitIs100WhereItIsLeftOutAndUpTo1000() {
    for (int i = 0; i < 1001; i++) {
      wire.put("/v1/kv/" + "k".repeat(508) + (1000 + i), "v");
    }
    assertThat(page(wire, "").keys).hasSize(100);
    assertThat(page(wire, "limit=1000").keys).hasSize(1000);
    assertThat(walk(wire, "limit=1000")).hasSize(1001);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=1.5",
        "limit=ten",
        "limit=",
        "limit=99999999999999",
        "limit=1&limit=2",
        "prefix=a&prefix=b",
        "prefix=&prefix=b",
        "after=%FF",
        "after=%4",
        "prefix=%ED%A0%80",
        "after=a&after=a",
        "consistency=other",
        "consistency=",
      })
  void parameterThatCannotBeTakenIsNamed(String query) {
    for (Wire either : List.of(wire, followerWire)) {
      Response refused = either.ask("GET", "/v1/kv?" + query);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains(query.substring(0, query.indexOf('=')));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix", "after"})
  void boundOfUpTo512BytesIsTaken(String name) {
    assertThat(wire.ask("GET", "/v1/kv?" + name + "=" + "%C3%A9".repeat(256)).status())
        .isEqualTo(200);
    Response refused = wire.ask("GET", "/v1/kv?" + name + "=" + "a".repeat(513));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains(name + "=aaa", "has 513 bytes", "takes up to 512 bytes");
  }

  @ParameterizedTest
  @CsvSource({"prefix=&after=, 2", "min_version=9.9, 2", "x=y&limit=1, 1", "%6Cimit=1, 1"})
  void emptyBoundsAndUnknownParametersChangeNothing(String query, int keys) {
    wire.put("/v1/kv/a", "v");
    wire.put("/v1/kv/b", "v");
    assertThat(page(wire, query).keys).hasSize(keys);
  }

  @Test
  void leaderShowsWhatIsConfirmedUnlessToldOtherwise() {
    leader.holding();
    wire.send("PUT /v1/kv/k?w=1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv");
    Wire reader = new Wire(leader);
    assertThat(page(reader, "").keys).isEmpty();
    assertThat(page(reader, "consistency=confirmed").keys).isEmpty();
    assertThat(page(reader, "consistency=local").keys).containsExactly("k");
    leader.deliver(0, 1);
    assertThat(page(reader, "").keys).containsExactly("k");
  }

  @Test
  void leaseThatEndsWhileThePageIsReadIsSeen() {
    wire.put("/v1/kv/k", "v");
    leader.beforeLeaseIsRead = () -> leader.leaseObstacle = "the lease is over";
    Response refused = wire.ask("GET", "/v1/kv");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("the lease is over");
    assertThat(page(wire, "consistency=local").keys).containsExactly("k");
  }

  @Test
  void leaderThatStoppedLeadingMeanwhileShowsNeither() {
    leader.beforeObstacleIsRead = leader::stopLeading;
    assertThat(wire.ask("GET", "/v1/kv?consistency=local").status()).isEqualTo(503);
    assertThat(wire.ask("GET", "/v1/kv").status()).isEqualTo(503);
  }

  @Test
  void followerShowsWhatItHoldsOnceItIsLevel() {
    assertThat(followerWire.ask("GET", "/v1/kv").text())
        .isEqualTo("{\"keys\":[{\"key\":\"k\",\"version\":1,\"epoch\":1}],\"next\":null}");
    follower.level = false;
    Response refused = followerWire.ask("GET", "/v1/kv");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    assertThat(refused.text()).contains("has not caught up");
  }

  @Test
  void pageThatCannotBeReadAtOneMomentIsReadWhereTheStoreStandsStill() {
    follower.arrives(0, false, "a");
    follower.beforeStill = () -> follower.arrives(1, true, "b");
    assertThat(page(followerWire, "").keys).containsExactly("a", "b", "k");
    assertThat(page(followerWire, "").keys).containsExactly("a", "b", "k");
    assertThat(follower.stills).isOne();
  }

  @Test
  void pageOfAStoreThatIsPartialStillIsNotShown() {
    follower.arrives(0, false, "a");
    Response refused = followerWire.ask("GET", "/v1/kv");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.text()).contains("has not caught up");
    assertThat(follower.stills).isOne();
  }

  @Test
  void followerSendsWhoWantsConfirmedToTheLeader() {
    Response sent = followerWire.ask("GET", "/v1/kv?prefix=%C3%A9&consistency=confirmed");
    assertThat(sent.status()).isEqualTo(307);
    assertThat(sent.header("Location"))
        .isEqualTo("http://leader:8080/v1/kv?prefix=%C3%A9&consistency=confirmed");
    follower.leaderUrl = Optional.empty();
    assertThat(followerWire.ask("GET", "/v1/kv?consistency=confirmed").status()).isEqualTo(503);
  }

  private record Page(List<String> keys, @Nullable String next) {}

  private static List<String> walk(Wire wire, String query) {
    List<String> keys = new ArrayList<>();
    Page page = page(wire, query);
    keys.addAll(page.keys);
    while (page.next != null) {
      page = page(wire, query + "&after=" + encoded(page.next));
      keys.addAll(page.keys);
    }
    return keys;
  }

  private static Page page(Wire wire, String query) {
    Response answer = wire.ask("GET", "/v1/kv?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> keys = new ArrayList<>();
    String next = null;
    try (JsonParser json = JsonText.FACTORY.createParser(answer.body())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_STRING && "key".equals(json.currentName())) {
          keys.add(json.getText());
        } else if (token == JsonToken.VALUE_STRING) {
          next = json.getText();
        }
      }
    } catch (IOException notJson) {
      throw new AssertionError(answer.text(), notJson);
    }
    return new Page(keys, next);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
