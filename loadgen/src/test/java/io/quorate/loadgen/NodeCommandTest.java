package io.quorate.loadgen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeCommandTest {

  @Test
  void nodesRunWithTheOptionsThatTheServerBringsAndWithASmallHeap() {
    assertThat(NodeCommand.of("Node", "some.jar", List.of()))
        .containsSubsequence("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseSerialGC", "-Xmx512m")
        .noneMatch(option -> option.startsWith("#"))
        .endsWith("-cp", "some.jar", "Node");
  }

  @Test
  void nodesStartFasterWithWhatTheLauncherLeftBesideTheJar(@TempDir Path directory)
      throws Exception {
    String jar = directory.resolve("some.jar").toString();
    assertThat(NodeCommand.of("Node", jar, List.of())).noneMatch(option -> option.startsWith("@"));
    Files.createFile(directory.resolve("some.jar.options"));
    assertThat(NodeCommand.of("Node", jar, List.of())).contains("@" + jar + ".options");
  }
}
