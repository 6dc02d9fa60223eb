package dev.sqlmem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The rooms and arrows of ARCHITECTURE.md, of all modules: this one sees every other. The table there is the rule;
 * an arrow that it lacks fails here, and so does one that nothing needs any more.
 */
@AnalyzeClasses(packages = "dev.sqlmem", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    private static final int LARGEST_CYCLE = 5;
    private static final int LARGEST_PACKAGE = 70;

    @ArchTest
    static void everyArrowIsInTheTable(JavaClasses classes) {
        assertThat(new TypeGraph(classes).arrows()).containsExactlyInAnyOrderEntriesOf(RoomTable.read());
    }

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.sqlmem.(**)").should().beFreeOfCycles();

    @ArchTest
    static void typesOfAPackageAreNotTangled(JavaClasses classes) {
        TypeGraph graph = new TypeGraph(classes);
        Map<String, Set<String>> tangled = new TreeMap<>();
        graph.packages().forEach(each -> {
            Set<String> cycle = graph.largestCycle(each);
            if (cycle.size() > LARGEST_CYCLE) {
                tangled.put(each, cycle);
            }
        });
        System.out.println("largest cycle of types: " + graph.largestCycle());
        assertThat(tangled).isEmpty();
    }

    @ArchTest
    static void packagesAreRoomsNotHalls(JavaClasses classes) {
        TypeGraph graph = new TypeGraph(classes);
        Set<String> large = new TreeSet<>();
        graph.packages().forEach(each -> {
            if (graph.size(each) > LARGEST_PACKAGE) {
                large.add(each);
            }
        });
        assertThat(large).isEmpty();
    }

    @ArchTest
    static final ArchRule ONE_PLACE_FOR_THE_PARSER = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sqlmem.translate..")
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
            .resideInAnyPackage("dev.sqlmem")
            .or()
            .resideOutsideOfPackages("dev.sqlmem.upstream.jdbc..", "dev.sqlmem.cli..", "dev.sqlmem.demo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.postgresql..", "com.zaxxer..");
}
