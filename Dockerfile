# SQLmem as a container image:  docker build -t sqlmem .
# docs/docker.md tells how to run it.

FROM docker.io/library/maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -Dmaven.test.skip=true -pl cli -am package
# Only the parts of Java that the proxy uses. Of these, jdeps finds the first line; the second are loaded by name:
# certificates with elliptic keys, host names, character sets of other encodings, diagnosis with jcmd and jstack.
RUN jlink --output /opt/java --compress=2 --no-header-files --no-man-pages --strip-java-debug-attributes \
        --add-modules java.base,java.compiler,java.desktop,java.management,java.naming,java.rmi,java.scripting,java.security.jgss,java.sql,jdk.jfr,jdk.management,jdk.unsupported \
        --add-modules jdk.crypto.ec,jdk.naming.dns,jdk.charsets,jdk.zipfs,jdk.jcmd \
    && /opt/java/bin/java -Xshare:dump

FROM docker.io/library/debian:bookworm-slim
LABEL org.opencontainers.image.title="SQLmem" \
      org.opencontainers.image.description="In-memory cache that speaks the PostgreSQL wire protocol" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --system --gid 10001 sqlmem \
    && useradd --system --uid 10001 --gid sqlmem --home-dir /var/lib/sqlmem --shell /usr/sbin/nologin sqlmem \
    && install -d -o sqlmem -g sqlmem -m 0700 /var/lib/sqlmem
COPY --from=build /opt/java /opt/java
COPY --from=build /src/cli/target/sqlmem.jar /opt/sqlmem/sqlmem.jar
COPY docker/sqlmem docker/sqlmem-health /usr/local/bin/

# Inside a container, the loopback address reaches nobody else. What of it other machines reach is decided where
# the container is run; --allow-plain-public or a certificate is still to be given there.
ENV SQLMEM_LISTEN=0.0.0.0:6432 \
    SQLMEM_HTTP=0.0.0.0:8432 \
    SQLMEM_CACHE_DB=/var/lib/sqlmem/cache.db \
    LANG=C.UTF-8
USER 10001:10001
WORKDIR /var/lib/sqlmem
VOLUME /var/lib/sqlmem
EXPOSE 6432 8432
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/usr/local/bin/sqlmem-health"]
ENTRYPOINT ["/usr/local/bin/sqlmem"]
CMD ["serve"]
