package dev.sqlmem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of ARCHITECTURE.md. */
@AnalyzeClasses(packages = "dev.sqlmem", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    @ArchTest
    static final ArchRule ARROWS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("server")
            .definedBy("dev.sqlmem.server..")
            .layer("http")
            .definedBy("dev.sqlmem.http..")
            .layer("admin")
            .definedBy("dev.sqlmem.admin..")
            .layer("session")
            .definedBy("dev.sqlmem.session..")
            .layer("verify")
            .definedBy("dev.sqlmem.verify..")
            .layer("database")
            .definedBy("dev.sqlmem.database..")
            .layer("plan")
            .definedBy("dev.sqlmem.plan..")
            .layer("cache")
            .definedBy("dev.sqlmem.cache..")
            .layer("snapshot")
            .definedBy("dev.sqlmem.snapshot..")
            .layer("upstream")
            .definedBy("dev.sqlmem.upstream..")
            .layer("catalog")
            .definedBy("dev.sqlmem.catalog..")
            .layer("wire")
            .definedBy("dev.sqlmem.wire..")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("http")
            .mayOnlyAccessLayers("admin")
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("server", "http")
            .whereLayer("session")
            .mayOnlyBeAccessedByLayers("server", "admin")
            .whereLayer("verify")
            .mayOnlyBeAccessedByLayers("server", "admin", "session")
            .whereLayer("database")
            .mayOnlyBeAccessedByLayers("server", "admin", "session", "verify")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("admin", "session", "verify", "database")
            .whereLayer("cache")
            .mayOnlyBeAccessedByLayers("server", "admin", "session", "verify", "database", "plan", "snapshot")
            .whereLayer("snapshot")
            .mayOnlyBeAccessedByLayers("database")
            .whereLayer("upstream")
            .mayOnlyBeAccessedByLayers("server", "session", "verify", "database")
            .whereLayer("catalog")
            .mayOnlyAccessLayers("wire")
            .whereLayer("wire")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.sqlmem.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONE_PLACE_FOR_THE_PARSER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sqlmem.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.sf.jsqlparser..");

    @ArchTest
    static final ArchRule ONE_PLACE_FOR_SQLITE = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sqlmem.cache..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sqlite..");

    @ArchTest
    static final ArchRule ONE_PLACE_FOR_JDBC_TO_THE_UPSTREAM = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sqlmem.upstream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "com.zaxxer..");
}
