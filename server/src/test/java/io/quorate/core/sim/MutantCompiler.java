package io.quorate.core.sim;

import io.quorate.core.Leader;
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
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the sources of the core with a mutant's edits, in memory, and loads the simulator anew
 * around them.
 */
final class MutantCompiler {

  private static final String CORE = "io.quorate.core.";

  private final Path sources;

  MutantCompiler() {
    this.sources =
        Path.of(System.getProperty("basedir", "."), "src", "main", "java", "io", "quorate", "core");
  }

  /** A runner of seeds against the mutant. */
  @SuppressWarnings("unchecked") // SeedRun's own type, of another loader
  LongFunction<@Nullable String> load(Mutant mutant) {
    Map<String, byte[]> classes = compile(mutant);
    try {
      return (LongFunction<@Nullable String>)
          new ChildFirst(classes)
              .loadClass(SeedRun.class.getName())
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private Map<String, byte[]> compile(Mutant mutant) {
    Map<String, String> edited = new HashMap<>();
    for (Mutant.Edit edit : mutant.edits()) {
      String source = edited.computeIfAbsent(edit.file(), this::read);
      int at = source.indexOf(edit.text());
      if (at < 0 || source.indexOf(edit.text(), at + 1) >= 0) {
        throw new IllegalStateException(
            mutant.name() + ": not exactly once in " + edit.file() + ": " + edit.text());
      }
      edited.put(edit.file(), source.replace(edit.text(), edit.replacement()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> compiled = new HashMap<>();
    DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
    JavaFileManager files = inMemory(compiler, compiled);
    List<String> options =
        List.of("--release", "17", "-proc:none", "-nowarn", "-implicit:none", "-cp", classPath());
    List<SimpleJavaFileObject> units =
        edited.entrySet().stream().map(file -> source(file.getKey(), file.getValue())).toList();
    if (!compiler.getTask(null, files, complaints, options, null, units).call()) {
      throw new IllegalStateException(mutant.name() + ": " + complaints.getDiagnostics());
    }
    Map<String, byte[]> classes = new HashMap<>();
    compiled.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private String read(String file) {
    try {
      return Files.readString(sources.resolve(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String classPath() {
    return pathOf(Leader.class) + System.getProperty("path.separator") + pathOf(NullMarked.class);
  }

  private static Path pathOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static SimpleJavaFileObject source(String file, String text) {
    URI name = URI.create("string:///io/quorate/core/" + file);
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

  /** Has core and simulator to itself: the mutated classes, and a copy of each other class. */
  private static final class ChildFirst extends ClassLoader {
    private final Map<String, byte[]> mutated;

    ChildFirst(Map<String, byte[]> mutated) {
      super(MutantCompiler.class.getClassLoader());
      this.mutated = mutated;
      setDefaultAssertionStatus(true);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(CORE)) {
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
