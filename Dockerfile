# Targets: node (the default), both roles of a node; loadgen, the load generator. BuildKit is not needed; the older
# builder leaves images of the other stages behind: docker image prune --filter label=io.quorate.stage removes them.

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /build
# The poms and a file a module to compile: until one of them changes, a build fetches nothing again.
COPY .mvn .mvn/
COPY pom.xml ./
COPY it/pom.xml it/
COPY jmh/pom.xml jmh/
COPY bench/pom.xml bench/
COPY server/pom.xml server/
COPY server/src/main/java/io/quorate/core/package-info.java server/src/main/java/io/quorate/core/
COPY charts/pom.xml charts/
COPY charts/src/main/java/io/quorate/charts/package-info.java charts/src/main/java/io/quorate/charts/
COPY loadgen/pom.xml loadgen/
COPY loadgen/src/main/java/io/quorate/loadgen/package-info.java loadgen/src/main/java/io/quorate/loadgen/
RUN mvn -B -ntp -q -Dmaven.test.skip=true -pl loadgen -am package && rm -r */target
COPY server/src/main server/src/main
COPY charts/src/main charts/src/main
COPY loadgen/src/main loadgen/src/main
RUN mvn -B -ntp -q --offline -Dmaven.test.skip=true -pl loadgen -am package
LABEL io.quorate.stage=build


# Files out of the jar: the options of Java, and Netty's epoll library, for a node runs where nothing can be unpacked and
# executed.
FROM eclipse-temurin:25-jdk AS natives
WORKDIR /natives
COPY --from=build /build/server/target/server.jar ./
RUN jar --extract --file server.jar META-INF/native io/quorate/node/java.options && chmod 755 META-INF/native/*
LABEL io.quorate.stage=natives


FROM eclipse-temurin:25-jre AS base
RUN groupadd --system --gid 10001 quorate && \
    useradd --system --uid 10001 --gid quorate --no-create-home --home-dir / --shell /usr/sbin/nologin quorate
COPY --from=natives /natives/META-INF/native/libnetty_transport_native_epoll_*.so /opt/quorate/lib/
COPY --from=natives /natives/io/quorate/node/java.options /opt/quorate/
LABEL io.quorate.stage=base


FROM base AS loadgen
# Where reports go: out/ of the working directory.
RUN install --directory --owner quorate --group quorate /out
WORKDIR /
COPY docker/for-host-user /opt/quorate/
COPY --from=build /build/loadgen/target/loadgen.jar /opt/quorate/
USER quorate
ARG VERSION=1.0.0-SNAPSHOT
ARG REVISION=unknown
LABEL io.quorate.stage=loadgen \
      org.opencontainers.image.title="Quorate load generator" \
      org.opencontainers.image.description="Sweeps the write quorum of a Quorate cluster and proves that its replicas agree." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENTRYPOINT ["/opt/quorate/for-host-user", "java", "@/opt/quorate/java.options", "-Djava.library.path=/opt/quorate/lib", "-jar", "/opt/quorate/loadgen.jar"]


FROM base AS node
# Where a volume is mounted for a node to keep its data on (DATA_DIR): a new one takes the owner from here.
RUN install --directory --owner quorate --group quorate /var/lib/quorate
COPY docker/livez docker/train /opt/quorate/
COPY --from=build /build/server/target/server.jar /opt/quorate/
RUN TRANSPORT=epoll /opt/quorate/train /opt/quorate/node.aot java @/opt/quorate/java.options \
        -Djava.library.path=/opt/quorate/lib -jar /opt/quorate/server.jar && rm /opt/quorate/train
USER quorate
EXPOSE 8080
ARG VERSION=1.0.0-SNAPSHOT
ARG REVISION=unknown
LABEL io.quorate.stage=node \
      org.opencontainers.image.title="Quorate" \
      org.opencontainers.image.description="A replicated key-value store over plain HTTP with a write quorum per write." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["/opt/quorate/livez"]
ENTRYPOINT ["java", "@/opt/quorate/java.options", "-Djava.library.path=/opt/quorate/lib", "-XX:AOTCache=/opt/quorate/node.aot", "-jar", "/opt/quorate/server.jar"]
