package io.quorate.loadgen;

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
          .resideInAPackage("io.quorate.loadgen..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quorate.core..",
              "io.quorate.replication..",
              "io.quorate.http..",
              "io.quorate.node..");

  @Test
  void loadgenImportsNothingOfTheServer() {
    JavaClasses production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.quorate.loadgen");
    assertThat(production).isNotEmpty();
    NOTHING_OF_THE_SERVER.check(production);
  }

  @Test
  void anImportOfTheServerIsNoticed() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedImport.class);
    assertThat(NOTHING_OF_THE_SERVER.evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void nodesAreStartedByTheNameOfTheServersMainClass() {
    assertThat(NodeCommand.NODE_MAIN).isEqualTo(PlantedImport.SERVER.getName());
  }

  private static final class PlantedImport {
    static final Class<?> SERVER = io.quorate.node.Main.class;
  }
}
