package io.quorate.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Options of Java with which a node starts soon: a plain collector and compiler, and a cache of
 * loaded classes, made once for each jar as the image makes its own. Without bash there is none.
 */
final class ClassCache {

  private static final Path TRAIN = Path.of("..", "docker", "train");
  private static final List<String> PLAIN = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** Made when first asked for. */
  private static final class Made {
    static final List<String> OPTIONS = make();
  }

  private ClassCache() {}

  static List<String> options() {
    return Made.OPTIONS;
  }

  private static List<String> make() {
    List<String> options = new ArrayList<>(PLAIN);
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      long changed = Files.getLastModifiedTime(Jars.SERVER).toMillis();
      options.add(train(target.resolve("nodes-" + changed + ".cache")));
    } catch (IOException none) {
      System.out.println("nodes start without a cache of classes: " + none.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return List.copyOf(options);
  }

  /** The option that has Java use the file. */
  private static String train(Path cache) throws IOException, InterruptedException {
    Path told = cache.resolveSibling(cache.getFileName() + ".option");
    if (!Files.exists(told)) {
      List<String> command =
          new ArrayList<>(List.of("bash", TRAIN.toString(), cache.toString(), Jars.java()));
      command.addAll(PLAIN);
      command.addAll(List.of("-jar", Jars.SERVER.toString()));
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(Jars.environment(Map.of()));
      Process train = builder.start();
      LeftOver.killIfWeEnd(train);
      String printed =
          new String(train.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (train.waitFor() != 0) {
        throw new IOException(printed);
      }
      Files.writeString(told, printed);
    }
    return Files.readString(told);
  }
}
