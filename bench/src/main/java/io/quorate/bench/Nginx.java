package io.quorate.bench;

import io.quorate.loadgen.LocalCluster;
import io.quorate.loadgen.NodeProcess;
import io.quorate.loadgen.NodeUrl;
import io.quorate.loadgen.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** nginx with one worker, which answers everything with 64 bytes of its configuration. */
final class Nginx implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      worker_processes 1;
      daemon off;
      pid nginx.pid;
      events { worker_connections 2048; }
      http {
        access_log off;
        keepalive_requests 1000000000;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        server {
          listen %s:%d;
          location / { return 200 "%s"; }
        }
      }
      """;

  private final NodeProcess server;
  private final NodeUrl url;

  private Nginx(NodeProcess server, NodeUrl url) {
    this.server = server;
    this.url = url;
  }

  static Nginx start(Bench bench) throws Refusal {
    int port = Ports.free(1).get(0);
    Path prefix = bench.scratch().resolve("nginx");
    Path file = prefix.resolve("nginx.conf");
    try {
      Files.createDirectories(prefix);
      Files.writeString(file, CONFIGURATION.formatted(LocalCluster.HOST, port, "x".repeat(64)));
    } catch (IOException failed) {
      throw Refusal.failed("cannot write " + file + ": " + failed.getMessage());
    }
    String nginx = Objects.requireNonNull(Tool.NGINX.find()).toString();
    NodeProcess server =
        bench.server(
            "nginx",
            List.of(nginx, "-p", prefix.toString(), "-c", file.toString(), "-e", "error.log"));
    Nginx started = new Nginx(server, new NodeUrl(LocalCluster.HOST, port));
    try {
      bench.awaitAccepting(server, port);
    } catch (Refusal refusal) {
      started.close();
      throw refusal;
    }
    return started;
  }

  NodeUrl url() {
    return url;
  }

  @Override
  public void close() {
    server.close();
  }
}
