package io.quorate.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the log's sources with a mutant's edits, in memory, and loads the simulation anew around
 * them. As {@code core.sim.MutantCompiler} does for the core.
 */
final class LogMutantCompiler {

  private static final String PACKAGE = "io.quorate.log.";

  private final Path sources =
      Path.of(System.getProperty("basedir", "."), "src", "main", "java", "io", "quorate", "log");

  /** A runner of seeds against the mutant. */
  @SuppressWarnings("unchecked") // LogSeedRun's own type, of another loader
  LongFunction<@Nullable String> load(LogMutant mutant) {
    try {
      return (LongFunction<@Nullable String>)
          new ChildFirst(compile(mutant))
              .loadClass(LogSeedRun.class.getName())
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private Map<String, byte[]> compile(LogMutant mutant) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
    DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-nowarn",
            "-implicit:none",
            "-cp",
            System.getProperty("java.class.path"));
    var unit = source(mutant.file(), edited(mutant));
    JavaFileManager files = inMemory(compiler, compiled);
    if (!compiler.getTask(null, files, complaints, options, null, List.of(unit)).call()) {
      throw new IllegalStateException(mutant.name() + ": " + complaints.getDiagnostics());
    }
    Map<String, byte[]> classes = new HashMap<>();
    compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private String edited(LogMutant mutant) {
    String source;
    try {
      source = Files.readString(sources.resolve(mutant.file()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    int at = source.indexOf(mutant.text());
    if (at < 0 || source.indexOf(mutant.text(), at + 1) >= 0) {
      throw new IllegalStateException(
          mutant.name() + ": not exactly once in " + mutant.file() + ": " + mutant.text());
    }
    return source.replace(mutant.text(), mutant.replacement());
  }

  private static SimpleJavaFileObject source(String file, String text) {
    URI name = URI.create("string:///io/quorate/log/" + file);
    return new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  private static JavaFileManager inMemory(
      JavaCompiler compiler, Map<String, ByteArrayOutputStream> compiled) {
    return new ForwardingJavaFileManager<JavaFileManager>(
        compiler.getStandardFileManager(null, null, null)) {
      @Override
      public JavaFileObject getJavaFileForOutput(
          Location location,
          String className,
          JavaFileObject.Kind kind,
          @Nullable FileObject sibling) {
        URI name = URI.create("memory:///" + className + ".class");
        return new SimpleJavaFileObject(name, kind) {
          @Override
          public OutputStream openOutputStream() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            compiled.put(className, bytes);
            return bytes;
          }
        };
      }
    };
  }

  /** Has the log and its simulation to itself: the mutated classes, a copy of each other class. */
  private static final class ChildFirst extends ClassLoader {
    private final Map<String, byte[]> mutated;

    ChildFirst(Map<String, byte[]> mutated) {
      super(LogMutantCompiler.class.getClassLoader());
      this.mutated = mutated;
      setDefaultAssertionStatus(true);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : copy(name);
        return defineClass(name, bytes, 0, bytes.length);
      }
    }

    private byte[] copy(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        return file.readAllBytes();
      } catch (IOException unreadable) {
        throw new ClassNotFoundException(name, unreadable);
      }
    }
  }
}
