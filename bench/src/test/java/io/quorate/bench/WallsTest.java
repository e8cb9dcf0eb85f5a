package io.quorate.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

final class WallsTest {
  private static final ArchRule NOTHING_OF_THE_SERVER =
      noClasses()
          .that()
          .resideInAPackage("io.quorate.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quorate.core..",
              "io.quorate.log..",
              "io.quorate.replication..",
              "io.quorate.http..",
              "io.quorate.node..");

  @Test
  void benchImportsNothingOfTheServer() {
    JavaClasses production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.quorate.bench");
    assertThat(production).isNotEmpty();
    NOTHING_OF_THE_SERVER.check(production);
  }

  @Test
  void anImportOfTheServerIsNoticed() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedImport.class);
    assertThat(NOTHING_OF_THE_SERVER.evaluate(planted).hasViolation())
        .as(PlantedImport.SERVER.getName())
        .isTrue();
  }

  private static final class PlantedImport {
    static final Class<?> SERVER = io.quorate.node.Main.class;
  }
}
