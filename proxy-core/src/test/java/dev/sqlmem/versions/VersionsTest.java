package dev.sqlmem.versions;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers as PostgreSQL of other versions gives them: a short run of the oracle over some by default, over each that is
 * supported, with the wall of read-only mode and the contract, in the profile {@code long}.
 */
class VersionsTest {

    static List<Path> archives() {
        return OtherPostgres.archives();
    }

    @ParameterizedTest
    @MethodSource("archives")
    void answersAsThisVersionDoes(Path archive) throws IOException, InterruptedException {
        try (OtherPostgres server = OtherPostgres.start(archive)) {
            ForkedRun.against(server.port(), name(archive), "dev.sqlmem.oracle.VersionRun");
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("archives")
    void keepsTheContractInFrontOfThisVersion(Path archive) throws IOException, InterruptedException {
        try (OtherPostgres server = OtherPostgres.start(archive)) {
            ForkedRun.against(server.port(), name(archive), SuiteRun.class.getName(), CONTRACT);
        }
    }

    private static final String[] CONTRACT = {
        "dev.sqlmem.contract.ReadOnlyWallTest",
        "dev.sqlmem.contract.ReadOnlyModeTest",
        "dev.sqlmem.contract.TransparentModeTest",
        "dev.sqlmem.contract.ColumnAccumulationTest",
        "dev.sqlmem.contract.DefinitionChangeTest",
        "dev.sqlmem.contract.InvalidationTest",
        "dev.sqlmem.contract.RightsTruthTest",
        "dev.sqlmem.contract.SessionTruthTest",
        "dev.sqlmem.contract.TransactionTruthTest",
        "dev.sqlmem.contract.TypeHitsTest",
        "dev.sqlmem.contract.StructureTest",
        "dev.sqlmem.contract.RestartTest",
    };

    private static String name(Path archive) {
        String file = archive.getFileName().toString();
        return "PostgreSQL " + file.substring(file.lastIndexOf('-') + 1, file.length() - ".jar".length());
    }
}
