# The image of a gateway; with --target cli that of the command alone. docs/docker.md tells how they are used.
# Its layers, what changes least first: Java, the places to write to, libraries, Mayfly, the AOT cache. The middle two have the same digests
# whenever the commit is the same.

FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /source
COPY . .
# The embedded broker is for developers: no image has it. Libraries go to a tree of their own, and so to a layer of their own.
RUN --mount=type=cache,target=/root/.m2 \
    mvn -q -B -Pquick,sbom -pl cli -am package \
    && deploy/release stage /mayfly/opt/mayfly \
    && rm -rf /mayfly/opt/mayfly/program/kafka \
    && mkdir -p /libraries/opt/mayfly/program/lib \
    && find /mayfly/opt/mayfly/program/lib -name '*.jar' ! -name 'mayfly-*' -exec mv -t /libraries/opt/mayfly/program/lib {} + \
    && find /mayfly /libraries -exec touch -h -d '2026-01-01T00:00:00Z' {} +

FROM eclipse-temurin:25-jre AS runtime
# All that is written, so that the rest may be read-only. The user has a name because PostgreSQL's programs ask for one.
RUN echo 'mayfly:x:10001:10001:Mayfly:/var/lib/mayfly:/usr/sbin/nologin' >> /etc/passwd \
    && echo 'mayfly:x:10001:' >> /etc/group \
    && install -d -m 700 -o 10001 -g 10001 /var/lib/mayfly /var/cache/mayfly /var/spool/mayfly
COPY --from=build /libraries/ /
COPY --from=build /mayfly/ /

# The cache holds for exactly this Java, these flags and these jars: so it is made here, by a real start and real requests.
FROM runtime AS trained
RUN java -XX:-DontCompileHugeMethods -XX:-ClipInlining -XX:Tier3DelayOn=100000 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:+UseParallelGC -XX:+UseTransparentHugePages -Xlog:pagesize=off -XX:MaxRAMPercentage=50 -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dio.netty.jfr.enabled=false -Dmayfly.home=/opt/mayfly \
    -XX:AOTCacheOutput=/opt/mayfly/program/start.aot '-Xlog:aot*=error' '-Xlog:cds*=error' \
    -jar /opt/mayfly/program/mayfly.jar rehearse /opt/mayfly/sdk-templates/c
# A cache that does not fit is passed over without a word wherever the image runs; here it would fail the build.
RUN java -XX:-DontCompileHugeMethods -XX:-ClipInlining -XX:Tier3DelayOn=100000 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:+UseParallelGC -XX:+UseTransparentHugePages -Xlog:pagesize=off -XX:MaxRAMPercentage=50 -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dio.netty.jfr.enabled=false -Dmayfly.home=/opt/mayfly \
    -XX:AOTCache=/opt/mayfly/program/start.aot -XX:AOTMode=on \
    -jar /opt/mayfly/program/mayfly.jar version

FROM runtime AS cli
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Mayfly's command" \
      org.opencontainers.image.description="Deploys functions that live for one request." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=trained /opt/mayfly/program/start.aot /opt/mayfly/program/
USER 10001:10001
WORKDIR /work
ENTRYPOINT ["java", "-XX:-DontCompileHugeMethods", "-XX:-ClipInlining", "-XX:Tier3DelayOn=100000", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages", "-Xlog:pagesize=off", "-XX:MaxRAMPercentage=50", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.jfr.enabled=false", "-Dmayfly.home=/opt/mayfly", "-XX:AOTCache=/opt/mayfly/program/start.aot", "-XX:AOTMode=auto", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining", "-XX:+VerifySharedSpaces", "-Xlog:aot*=off", "-Xlog:cds*=off", "-jar", "/opt/mayfly/program/mayfly.jar"]
CMD ["--help"]

FROM runtime AS gateway
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Mayfly" \
      org.opencontainers.image.description="Functions that live for one request." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=trained /opt/mayfly/program/start.aot /opt/mayfly/program/
ENV MAYFLY_LISTEN=:3000 \
    MAYFLY_ADMIN_LISTEN=:3001 \
    MAYFLY_DATA_FOLDER=/var/lib/mayfly \
    MAYFLY_CACHE_FOLDER=/var/cache/mayfly \
    MAYFLY_SPOOL_FOLDER=/var/spool/mayfly
VOLUME ["/var/lib/mayfly", "/var/cache/mayfly", "/var/spool/mayfly"]
EXPOSE 3000 3001
USER 10001:10001
WORKDIR /var/lib/mayfly
# A small process each time: C1 only, the smallest collector, one class.
HEALTHCHECK --interval=5s --timeout=10s --start-period=2m --retries=3 \
    CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx16m", "-XX:-UsePerfData", "-cp", "/opt/mayfly/program/mayfly.jar", "dev.mayfly.cli.HealthProbe"]
ENTRYPOINT ["java", "-XX:-DontCompileHugeMethods", "-XX:-ClipInlining", "-XX:Tier3DelayOn=100000", "-XX:+UseParallelGC", "-XX:+UseTransparentHugePages", "-Xlog:pagesize=off", "-XX:MaxRAMPercentage=50", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Dio.netty.jfr.enabled=false", "-Dmayfly.home=/opt/mayfly", "-XX:AOTCache=/opt/mayfly/program/start.aot", "-XX:AOTMode=auto", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTReplayTraining", "-XX:+VerifySharedSpaces", "-Xlog:aot*=off", "-Xlog:cds*=off", "-jar", "/opt/mayfly/program/mayfly.jar"]
CMD ["server"]
