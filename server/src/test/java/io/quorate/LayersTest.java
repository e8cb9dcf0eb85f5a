package io.quorate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The walls between the layers of the server: core, log, replication, http, node. */
final class LayersTest {

  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.quorate");

  /** What a state machine has no use for: threads, clocks, files and sockets, chance. */
  private static final DescribedPredicate<JavaClass> OUTSIDE_WORLD =
      resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
          .or(resideInAnyPackage("java.util.concurrent..").and(not(ConcurrentHashMap.class)))
          .or(named(Thread.class, ThreadLocal.class, Runtime.class, ProcessHandle.class))
          .or(resideInAnyPackage("java.time.."))
          .or(
              DescribedPredicate.describe(
                  "chance",
                  type ->
                      type.isAssignableTo(java.util.random.RandomGenerator.class)
                          || type.isEquivalentTo(java.util.UUID.class)))
          .as("threads, clocks, I/O or chance");

  private static final ArchRule CORE_IS_PLAIN_JAVA =
      classes()
          .that()
          .resideInAPackage("io.quorate.core")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify.annotations", "io.quorate.core");

  private static final ArchRule CORE_IS_A_STATE_MACHINE =
      noClasses()
          .that()
          .resideInAPackage("io.quorate.core")
          .should()
          .dependOnClassesThat(OUTSIDE_WORLD);

  @Test
  void coreIsPlainJava() {
    CORE_IS_PLAIN_JAVA.check(SERVER);
  }

  @Test
  void coreHasNoThreadsNoClockNoInputOrOutputAndNoChance() {
    CORE_IS_A_STATE_MACHINE.check(SERVER);
    for (String method : List.of("nanoTime", "currentTimeMillis", "getenv", "exit")) {
      noClasses()
          .that()
          .resideInAPackage("io.quorate.core")
          .should()
          .callMethod(System.class, method)
          .check(SERVER);
    }
    noClasses()
        .that()
        .resideInAPackage("io.quorate.core")
        .should()
        .callMethod(Math.class, "random")
        .check(SERVER);
  }

  @Test
  void eachLayerKnowsOnlyThoseBelowIt() {
    knowsNothingOf(
        "io.quorate.core..",
        "io.quorate.log..",
        "io.quorate.replication..",
        "io.quorate.http..",
        "io.quorate.node..");
    knowsNothingOf(
        "io.quorate.log..", "io.quorate.replication..", "io.quorate.http..", "io.quorate.node..");
    knowsNothingOf("io.quorate.replication..", "io.quorate.http..", "io.quorate.node..");
    knowsNothingOf("io.quorate.http..", "io.quorate.node..");
    knowsNothingOf(
        "io.quorate.metrics..",
        "io.quorate.core..",
        "io.quorate.log..",
        "io.quorate.replication..",
        "io.quorate.http..",
        "io.quorate.node..");
  }

  private static void knowsNothingOf(String layer, String... others) {
    noClasses()
        .that()
        .resideInAPackage(layer)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .check(SERVER);
  }

  @Test
  void theLogKnowsNoNetwork() {
    noClasses()
        .that()
        .resideInAPackage("io.quorate.log")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "java.net..")
        .check(SERVER);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.quorate.(**)").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void breachesAreSeen() {
    assertThat(SERVER.containPackage("io.quorate.core")).isTrue();
    JavaClasses breach = new ClassFileImporter().importClasses(Breach.class);
    assertThat(OUTSIDE_WORLD.test(new ClassFileImporter().importClass(Thread.class))).isTrue();
    assertThatThrownBy(() -> noClasses().should().dependOnClassesThat(OUTSIDE_WORLD).check(breach))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("java.util.concurrent.ExecutorService")
        .hasMessageContaining("java.util.Random")
        .hasMessageNotContainingAny("ConcurrentHashMap");
    assertThatThrownBy(
            () -> noClasses().should().callMethod(System.class, "nanoTime").check(breach))
        .isInstanceOf(AssertionError.class);
  }

  /** Does what no class of the core may. */
  @SuppressWarnings("UnusedMethod") // read, not run
  private static final class Breach {
    private final ConcurrentHashMap<String, String> allowed = new ConcurrentHashMap<>();

    void breach(java.util.concurrent.ExecutorService threads, java.util.Random chance) {
      allowed.put("now", Long.toString(System.nanoTime() + chance.nextInt() + threads.hashCode()));
    }
  }

  private static DescribedPredicate<JavaClass> not(Class<?> allowed) {
    return DescribedPredicate.describe(
        "not " + allowed.getSimpleName(), type -> !type.getName().startsWith(allowed.getName()));
  }

  private static DescribedPredicate<JavaClass> named(Class<?>... types) {
    return DescribedPredicate.describe(
        "of the running machine", type -> List.of(types).stream().anyMatch(type::isEquivalentTo));
  }
}
