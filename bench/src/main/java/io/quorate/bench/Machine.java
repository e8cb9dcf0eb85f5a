package io.quorate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run ran on.
 *
 * @param kernel name and version of the system
 * @param processor as its maker calls it
 * @param java the virtual machine, and its version
 */
record Machine(int cores, String kernel, String processor, String java) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");

  static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        model(),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  private static String model() {
    try {
      Matcher model = MODEL.matcher(Files.readString(PROCESSORS));
      if (model.find()) {
        return model.group(1).strip();
      }
    } catch (IOException notLinux) {
      // What Java knows has to do.
    }
    return System.getProperty("os.arch");
  }

  /** In one line. */
  String described() {
    return cores + " cores (" + processor + "), " + kernel + ", " + java;
  }
}
