package io.quorate.it;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packaged jars, and how they are run. */
final class Jars {

  static final Path SERVER = jar("quorate.server.jar", "../server/target/server.jar");
  static final Path LOADGEN = jar("quorate.loadgen.jar", "../loadgen/target/loadgen.jar");
  static final Path BENCH = jar("quorate.bench.jar", "../bench/target/bench.jar");

  /**
   * What is told to a process of ours of its surroundings; a variable of a node is not among it.
   */
  private static final List<String> PASSED_ON = List.of("PATH", "HOME", "TMPDIR", "TZ", "LANG");

  private Jars() {}

  private static Path jar(String property, String preset) {
    return Path.of(System.getProperty(property, preset)).toAbsolutePath().normalize();
  }

  /** The virtual machine that runs this test. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** All of the environment of a process that is told {@code variables}. */
  static Map<String, String> environment(Map<String, String> variables) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : PASSED_ON) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.putAll(variables);
    return environment;
  }
}
