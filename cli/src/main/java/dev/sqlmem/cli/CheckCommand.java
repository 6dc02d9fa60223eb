package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reads the configuration and tries the upstream, and says what works and what to fix. */
@Command(
        name = "check",
        customSynopsis = "sqlmem check --upstream=URL [FLAG...]",
        description = {
            "Read the configuration as serve does, try the upstream and what serve needs of this machine, and say what"
                    + " works and what to fix. Nothing is started and nothing is left behind.",
            "Exit code 0: serve will start; 1: something must be fixed first."
        },
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    CheckCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Finding> findings = new ArrayList<>();
        try {
            var typed = FlagOptions.typed(spec.commandLine().getParseResult());
            Configuration configuration = ConfigurationReader.read(new Sources(typed, environment));
            findings.add(Finding.ok("configuration", "every setting can be read"));
            findings.addAll(UpstreamCheck.of(
                    configuration.proxy().upstream(), configuration.proxy().memoryLimit()));
            findings.addAll(MachineCheck.of(configuration));
        } catch (ConfigurationException mistake) {
            findings.add(Finding.fix(
                    "configuration",
                    String.valueOf(mistake.getMessage()),
                    "'sqlmem serve --help' shows every flag, its environment variable and its default."));
        }
        int width = findings.stream()
                .mapToInt(each -> each.subject().length())
                .max()
                .orElse(0);
        findings.forEach(each -> print(out, each, width));
        out.println();
        out.println(summary(findings));
        out.flush();
        if (count(findings, Finding.Grade.FIX) == 0) {
            return 0;
        }
        return 1;
    }

    private static void print(PrintWriter out, Finding finding, int width) {
        String fix = finding.fix();
        out.println(pad(finding.grade().label(), 4) + "  " + pad(finding.subject(), width) + "  " + finding.text());
        if (fix != null) {
            out.println(pad("", 4 + 2 + width + 2) + "=> " + fix);
        }
    }

    private static String summary(List<Finding> findings) {
        long fixes = count(findings, Finding.Grade.FIX);
        long looks = count(findings, Finding.Grade.LOOK);
        String toLook;
        if (looks == 0) {
            toLook = "";
        } else if (looks == 1) {
            toLook = "; 1 thing to look at";
        } else {
            toLook = "; " + looks + " things to look at";
        }
        if (fixes == 0) {
            return "serve can start" + toLook + ".";
        }
        return (fixes == 1 ? "1 thing" : fixes + " things") + " to fix before serve can start" + toLook + ".";
    }

    private static long count(List<Finding> findings, Finding.Grade grade) {
        return findings.stream().filter(each -> each.grade() == grade).count();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
