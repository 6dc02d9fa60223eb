package dev.sqlmem.versions;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in front of the server at {@code -Dsqlmem.test.port}; the exit status is 0 where all pass. */
public final class SuiteRun {
    private SuiteRun() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(SuiteRun::selector).toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        out.println(summary.getTestsSucceededCount() + " tests of " + summary.getTestsFoundCount() + " passed");
        summary.printFailuresTo(out, 12);
        boolean good = summary.getTestsFoundCount() > 0 && summary.getTotalFailureCount() == 0;
        System.exit(good ? 0 : 1);
    }

    private static ClassSelector selector(String name) {
        return selectClass(name);
    }
}
