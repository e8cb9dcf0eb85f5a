package io.quorate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image of a node, made once in a run of the tests from the Dockerfile that is handed out: with
 * the jars just made in place of its build stage, and all its other stages as they are.
 */
final class NodeImage {

  private static final Path DOCKERFILE = Path.of("..", "Dockerfile");
  private static final String TARGET = "node";
  private static final Pattern STAGE = Pattern.compile("(?i)FROM\\s+\\S.*");
  private static final Pattern BUILD_STAGE = Pattern.compile("(?i)FROM\\s+\\S+\\s+AS\\s+build\\s*");

  /** Made when first asked for. */
  private static final class Made {
    static final String NAME = build();
  }

  private NodeImage() {}

  /** Its name; makes it where that was not done yet. */
  static String name() {
    return Made.NAME;
  }

  private static String build() {
    String dockerfile = withJarsInPlaceOfTheBuildStage(read(DOCKERFILE), label());
    ImageFromDockerfile image =
        new ImageFromDockerfile("quorate-it:" + Engine.RUN, false)
            .withFileFromString("Dockerfile", dockerfile)
            .withFileFromPath("docker", DOCKERFILE.resolveSibling("docker"))
            .withFileFromPath("server.jar", Jars.SERVER)
            .withFileFromPath("loadgen.jar", Jars.LOADGEN)
            .withTarget(TARGET)
            .withBuildImageCmdModifier(build -> build.withForcerm(true));
    return Engine.make(image::get);
  }

  /** So that what each stage leaves behind can be found and removed. */
  private static String label() {
    StringBuilder label = new StringBuilder("LABEL");
    Engine.LABELS.forEach((key, value) -> label.append(' ').append(key).append('=').append(value));
    return label.toString();
  }

  private static String read(Path dockerfile) {
    try {
      return Files.readString(dockerfile);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * What stands before the first stage stays too: later stages may use its arguments.
   *
   * @param label an instruction that each stage begins with
   */
  static String withJarsInPlaceOfTheBuildStage(String dockerfile, String label) {
    List<String> lines = new ArrayList<>();
    int stages = 0;
    for (String line : dockerfile.lines().toList()) {
      boolean opensStage = STAGE.matcher(line).matches();
      if (opensStage && stages++ == 0) {
        if (!BUILD_STAGE.matcher(line).matches()) {
          throw new AssertionError("the first stage of the Dockerfile is not the build: " + line);
        }
        lines.addAll(
            List.of(
                "FROM scratch AS build",
                label,
                "COPY server.jar /build/server/target/server.jar",
                "COPY loadgen.jar /build/loadgen/target/loadgen.jar"));
      } else if (opensStage) {
        lines.add(line);
        lines.add(label);
      } else if (stages != 1) {
        lines.add(line);
      }
    }
    return String.join("\n", lines) + "\n";
  }
}
