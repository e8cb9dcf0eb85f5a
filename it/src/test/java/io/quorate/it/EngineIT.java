package io.quorate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.it.EngineNeeded.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How the tests on containers come by their engine and their image. */
final class EngineIT {

  private static final String SOCKET = "unix:///var/run/docker.sock";

  @Test
  void engineThatAnswersElsewhereThanDockerHostSaysIsNotTheOneThatWasMeant() {
    assertThat(Engine.absence("tcp://127.0.0.1:1", Optional.of(SOCKET)))
        .contains("no container engine answers at DOCKER_HOST=tcp://127.0.0.1:1");
    assertThat(Engine.absence(SOCKET, Optional.of(SOCKET))).isEmpty();
    assertThat(Engine.absence(null, Optional.of(SOCKET))).isEmpty();
    assertThat(Engine.absence("", Optional.of(SOCKET))).isEmpty();
    assertThat(Engine.absence(null, Optional.empty()))
        .contains("no container engine answers and DOCKER_HOST names none");
  }

  @Test
  void missingEngineSkipsTestsAndFailsThemOnlyWhereItIsRequired() {
    assertThat(EngineNeeded.verdict(Optional.empty(), true)).isEqualTo(Verdict.RUN);
    assertThat(EngineNeeded.verdict(Optional.empty(), false)).isEqualTo(Verdict.RUN);
    assertThat(EngineNeeded.verdict(Optional.of("none"), true)).isEqualTo(Verdict.FAIL);
    assertThat(EngineNeeded.verdict(Optional.of("none"), false)).isEqualTo(Verdict.SKIP);
    assertThat(EngineNeeded.isRequired("required")).isTrue();
    assertThat(EngineNeeded.isRequired("")).isFalse();
    assertThatThrownBy(() -> EngineNeeded.isRequired("perhaps"))
        .hasMessage("it.docker: got 'perhaps', takes required or optional");
  }

  @Test
  void imageIsMadeOfTheShippedStagesAndTheJarsJustMade() {
    String shipped =
        """
        ARG JRE=25
        FROM maven:3.9 AS build
        RUN mvn package
        # of the runtime
        FROM temurin:${JRE} AS node
        COPY --from=build /build/server/target/server.jar ./
        """;

    assertThat(NodeImage.withJarsInPlaceOfTheBuildStage(shipped, "LABEL run=1"))
        .isEqualTo(
            """
            ARG JRE=25
            FROM scratch AS build
            LABEL run=1
            COPY server.jar /build/server/target/server.jar
            COPY loadgen.jar /build/loadgen/target/loadgen.jar
            FROM temurin:${JRE} AS node
            LABEL run=1
            COPY --from=build /build/server/target/server.jar ./
            """);
    assertThatThrownBy(
            () -> NodeImage.withJarsInPlaceOfTheBuildStage("FROM temurin AS node\n", "LABEL run=1"))
        .hasMessageContaining("FROM temurin AS node");
  }
}
