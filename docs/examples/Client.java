import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** java Client.java http://127.0.0.1:8081 - the URL of any node, the leader's or a follower's. */
class Client {

  // A follower sends what only the leader can answer there: 307, which has to be followed.
  static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  public static void main(String[] args) throws Exception {
    String keys = args[0] + "/v1/kv/";

    // 200 is told when two followers have it.
    HttpResponse<String> written =
        send(request(keys + "greeting?w=2").PUT(BodyPublishers.ofString("hello")));
    System.out.println(written.statusCode() + " " + written.body());

    HttpResponse<String> read = send(request(keys + "greeting?consistency=confirmed"));
    System.out.println(read.statusCode() + " " + read.body());

    send(request(keys + "visits").header("If-None-Match", "*").PUT(BodyPublishers.ofString("0")));
    System.out.println("visits: " + increment(keys + "visits"));
  }

  /** Adds one, however many others do so at the same time. */
  static int increment(String url) throws Exception {
    while (true) {
      HttpResponse<String> read = send(request(url + "?consistency=confirmed"));
      int next = Integer.parseInt(read.body()) + 1;
      String etag = read.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> written =
          send(request(url).header("If-Match", etag).PUT(BodyPublishers.ofString("" + next)));
      if (written.statusCode() == 200) {
        return next;
      }
      // 412: another was faster. Nothing was written, so read again and try again.
      if (written.statusCode() != 412) {
        throw new IllegalStateException(written.body());
      }
    }
  }

  static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url));
  }

  static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
