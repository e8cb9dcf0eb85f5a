package io.quorate.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Requests that are none, or that two readers could read differently. */
@SuppressWarnings("StringConcatToTextBlock") // line ends are the point
final class HostileBytes {

  private static final String HOST = " HTTP/1.1\r\nHost: a\r\n";
  private static final String ONE = HOST + "Content-Length: 1\r\n";
  private static final String CHUNKED = HOST + "Transfer-Encoding: chunked\r\n\r\n";

  private HostileBytes() {}

  /** What follows a method and a path. */
  static List<String> afterThePath() {
    List<String> all = new ArrayList<>();
    all.addAll(hosts());
    all.addAll(versions());
    all.addAll(lengths());
    all.addAll(codings());
    all.addAll(lines());
    all.addAll(chunks());
    all.addAll(trailers());
    return all;
  }

  private static List<String> hosts() {
    List<String> all = new ArrayList<>();
    for (String host :
        List.of(
            "a b",
            "a/b",
            "u@a",
            "a\\b",
            "a\"b",
            "\u00e9",
            "%",
            "%4",
            "%%",
            "a%zz",
            "a%4g:80",
            "a:b:c",
            "a:80:80",
            "a:b",
            "a:-1",
            "::1",
            "[",
            "]",
            "[]",
            "[zz]",
            "[::1",
            "[::1:80",
            "::1]",
            "a[::1]",
            "[::1]a",
            "[::1]:a",
            "[::1]:80:80",
            "[[::1]]",
            "[:]",
            "[:::]",
            "[1::2::3]",
            "[1:2:3:4:5:6:7]",
            "[1:2:3:4:5:6:7:8:9]",
            "[::12345]",
            "[::1%25eth0]",
            "[::1%eth0]",
            "[1.2.3.4]",
            "[::1.2.3]",
            "[::1.2.3.256]",
            "[v1.a]")) {
      all.add(" HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 1\r\n\r\nv");
    }
    Collections.addAll(
        all,
        " HTTP/1.0\r\nHost: [::1\r\nContent-Length: 1\r\n\r\nv",
        " HTTP/1.1\r\nContent-Length: 1\r\n\r\nv",
        " HTTP/1.2\r\nContent-Length: 1\r\n\r\nv",
        ONE + "Host: a\r\n\r\nv",
        ONE + "hOST: b\r\n\r\nv",
        " HTTP/1.0\r\nHost: a\r\nHost: b\r\nContent-Length: 1\r\n\r\nv");
    return all;
  }

  private static List<String> versions() {
    String rest = "\r\nHost: a\r\nContent-Length: 1\r\n\r\nv";
    return List.of(
        " HTTP/3.7" + rest,
        " HTTP/2.0" + rest,
        " HTTP/2" + rest,
        " HTTP/0.9" + rest,
        " HTTP/1.10" + rest,
        " HTTP/1" + rest,
        " HTTP/1.x" + rest,
        " HTTP/1,1" + rest,
        " http/1.1" + rest,
        " XTTP/1.1" + rest,
        " HTTP/1.1 x" + rest,
        " " + rest,
        rest);
  }

  private static List<String> lengths() {
    List<String> all = new ArrayList<>();
    for (String length :
        List.of("+1", "-1", "-0", "1, 1", "1,1", "1 1", "1;", "0x1", "1.0", "x", "", "\u00b9")) {
      all.add(HOST + "Content-Length: " + length + "\r\n\r\nv");
    }
    all.add(HOST + "Content-Length: 18446744073709551617\r\n\r\nv");
    all.add(ONE + "Content-Length: 1\r\n\r\nv");
    all.add(ONE + "Content-Length: 2\r\n\r\nv");
    all.add(" HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nv");
    all.add(" HTTP/1.0\r\nContent-Length: 1\r\ncontent-length: 40\r\n\r\nv");
    return all;
  }

  private static List<String> codings() {
    List<String> all = new ArrayList<>();
    String body = "\r\n\r\n1\r\nv\r\n0\r\n\r\n";
    for (String coding :
        List.of(
            "gzip",
            "identity",
            "xchunked",
            "chunkedx",
            "chunked, gzip",
            "chunked, identity",
            "chunked, chunked",
            "chunked;a=b",
            "\"chunked\"",
            "chun ked",
            "\u000bchunked",
            "chunked\u000b",
            "")) {
      all.add(HOST + "Transfer-Encoding: " + coding + body);
    }
    all.add(HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip" + body);
    all.add(HOST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked" + body);
    all.add(" HTTP/1.0\r\nTransfer-Encoding: chunked" + body);
    all.add(" HTTP/1.2\r\nHost: a\r\nTransfer-Encoding: chunked" + body);
    all.add(ONE + "Transfer-Encoding: chunked" + body);
    all.add(HOST + "Transfer-Encoding: chunked\r\nContent-Length: 1" + body);
    all.add(HOST + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\nContent-Length: 1" + body);
    return all;
  }

  private static List<String> lines() {
    return List.of(
        " HTTP/1.1\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        " HTTP/1.1\r\nHost: a\nContent-Length: 1\r\n\r\nv",
        ONE + "\nv",
        " HTTP/1.1\rHost: a\r\nContent-Length: 1\r\n\r\nv",
        ONE + "X: a\rb\r\n\r\nv",
        ONE + "X: a\r\r\n\r\nv",
        ONE + "X: a\u0000b\r\n\r\nv",
        ONE + "X: a\u000bb\r\n\r\nv",
        ONE + "X\u0000: a\r\n\r\nv",
        "\u0000" + ONE + "\r\nv",
        "\u0001" + ONE + "\r\nv",
        "\u007f" + ONE + "\r\nv",
        "\r" + ONE + "\r\nv",
        "\t" + ONE + "\r\nv",
        " HTTP/1.1\u0000\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        " HTTP/1.1 \r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        " " + ONE + "\r\nv",
        " \tHTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "\tHTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "\rHTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        HOST + "Content-Length : 1\r\n\r\nv",
        HOST + "Content-Length\t: 1\r\n\r\nv",
        ONE + "X : 1\r\n\r\nv",
        ONE + "Bad Name: 1\r\n\r\nv",
        ONE + ": 1\r\n\r\nv",
        ONE + "nothing\r\n\r\nv",
        " HTTP/1.1\r\n Host: a\r\nContent-Length: 1\r\n\r\nv",
        " HTTP/1.1\r\n\tX: a\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        ONE + " folded\r\n\r\nv",
        ONE + "\tfolded\r\n\r\nv",
        ONE + "X: a\r\n folded\r\n\r\nv",
        ONE + "X: a\r\n \r\n\r\nv",
        HOST + "X: a\r\n b\r\nContent-Length: 1\r\n\r\nv",
        HOST + "Content-Length:\r\n 1\r\n\r\nv",
        HOST + "Transfer-Encoding:\r\n chunked\r\n\r\n1\r\nv\r\n0\r\n\r\n",
        "#x" + ONE + "\r\nv");
  }

  private static List<String> chunks() {
    List<String> all = new ArrayList<>();
    for (String size :
        List.of(
            "",
            "x",
            "g",
            "-1",
            "+1",
            "0x1",
            " 1",
            "1 ",
            "\t1",
            "1\t",
            "1_",
            "1 1",
            "1.",
            "1,1",
            "80000000",
            "ffffffffffffffff",
            "10000000000000001",
            "1;",
            "1;;",
            "1;=b",
            "1;a=",
            "1;a b",
            "1;a=b c",
            "1;a=\"b",
            "1;a=\"b\"c",
            "1;a=\"\\",
            "1;a\u0000",
            "1;a=\"\u0000\"",
            "1;a\rb",
            "1;a@",
            "1;" + "a".repeat(300))) {
      all.add(CHUNKED + size + "\r\nv\r\n0\r\n\r\n");
    }
    all.add(CHUNKED + "1\nv\r\n0\r\n\r\n");
    all.add(CHUNKED + "1;a\nv\r\n0\r\n\r\n");
    all.add(CHUNKED + "1\r\nv\n0\r\n\r\n");
    all.add(CHUNKED + "1\r\nvw\r\n0\r\n\r\n");
    all.add(CHUNKED + "1\r\nv0\r\n\r\n");
    all.add(CHUNKED + "1\r\nv\r\n-0\r\n\r\n");
    all.add(CHUNKED + "1\r\nv\r\n0\n\r\n");
    all.add(CHUNKED + "1\r\nv\r\n0\r\n\n");
    return all;
  }

  private static List<String> trailers() {
    List<String> all = new ArrayList<>();
    for (String trailer :
        List.of(
            "Content-Length: 1",
            "content-length: x",
            "T: t\r\nContent-Length: 0",
            "Transfer-Encoding: chunked",
            "Host: b",
            "Trailer: a",
            "Bad Name: 1",
            "T : t",
            "T\t: t",
            "T: a\u0000b",
            "T: t\r\n folded",
            "T: t\r\n\tfolded",
            "T: t\r\n ",
            " T: t",
            "nothing",
            ": t",
            "T: t\nU: u")) {
      all.add(CHUNKED + "1\r\nv\r\n0\r\n" + trailer + "\r\n\r\n");
    }
    all.add(CHUNKED + "0\r\nT: t\n\r\n");
    return all;
  }

  /** Whole requests, that are none on whichever node. */
  static List<String> whole() {
    return List.of(
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0012\u0004\u0000\u0000\u0000\u0000\u0000",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
        "\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\n\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "\r\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "\rGET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u0000GET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        " GET /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET  /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "G\u0000T /livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\t/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET\r\n\r\n",
        "GET \r\n\r\n",
        "GET /livez\r\n\r\n",
        "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n",
        "CONNECT a:80 HTTP/1.0\r\n\r\n",
        "GET livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT v1/kv/x HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nv",
        "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS ** HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS *?a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ?a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET a/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ://a/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET ftp://a/v1/status HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET file:///v1/status HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET httpx://a/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http:/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http:livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http:// HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http:///v1/status HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://?a HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET https:///livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://:80/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://u@a/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a:b/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://[::1/livez HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /livez HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key1: a\r\nSec-WebSocket-Key2: b\r\n\r\n"
            + "12345678");
  }
}
