package io.quorate.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Fonts are hidden from a JVM of its own: this one may have found the machine's already. */
@EnabledOnOs(OS.LINUX)
class BundledFontTest {
  @TempDir Path directory;

  @Test
  void chartDrawnWithoutAnyFontIsTheOneDrawnWithFonts() throws Exception {
    Path drawn = directory.resolve("without-fonts.svg");
    Child child = drawWithoutFonts(List.of(drawn.toString()));
    assertThat(child.status()).as(child.output()).isZero();

    Path here = directory.resolve("here.svg");
    DrawWithoutFonts.draw(here);
    assertThat(drawn).hasSameBinaryContentAs(here);
  }

  @Test
  void logicalFontsShowTheBundledOneWithoutAnyFont() throws Exception {
    Child child = drawWithoutFonts(List.of(directory.resolve("any.svg").toString()));
    assertThat(child.output())
        .containsPattern("SansSerif ink [1-9]")
        .containsPattern("Serif ink [1-9]")
        .containsPattern("Dialog ink [1-9]");
  }

  @Test
  void drawingLeavesNoTemporaryFilesBehind() throws Exception {
    Child child = drawWithoutFonts(List.of(directory.resolve("any.svg").toString()));
    assertThat(child.status()).as(child.output()).isZero();
    try (var left = Files.list(directory.resolve("tmp"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("quorate")))
          .isEmpty();
    }
  }

  /** Without it the tests above would prove nothing: the fonts could still be in sight. */
  @Test
  void javaByItselfFailsWhereNoFontIsInSight() throws Exception {
    Child child = drawWithoutFonts(List.of());
    assertThat(child.status()).isNotZero();
    assertThat(child.output()).contains("Fontconfig head is null");
  }

  private record Child(int status, String output) {}

  private Child drawWithoutFonts(List<String> arguments) throws IOException, InterruptedException {
    Path noFonts = Files.createDirectories(directory.resolve("no-fonts"));
    Path configuration = directory.resolve("fonts.conf");
    Files.writeString(
        configuration,
        "<?xml version=\"1.0\"?><fontconfig><dir>" + noFonts + "</dir></fontconfig>");
    Path temporary = Files.createDirectories(directory.resolve("tmp"));

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Java keeps what fontconfig told it in the home directory, and the next JVM believes it.
    command.add("-Duser.home=" + directory);
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Djava.awt.headless=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(DrawWithoutFonts.class.getName());
    command.addAll(arguments);
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "FONTCONFIG_FILE", configuration.toString(),
                "FONTCONFIG_PATH", noFonts.toString(),
                "HOME", directory.toString()));
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "XDG_DATA_HOME"));
    Process child = builder.start();
    try {
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).as("child ended in time").isTrue();
      return new Child(child.exitValue(), Files.readString(output));
    } finally {
      child.destroyForcibly();
    }
  }
}
