package dev.sqlmem.cli;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** How failures are told: one line on stderr that says what to check; never a stack trace unless asked for. */
final class Failures {
    private Failures() {}

    /** A wrong flag or argument. */
    static int usage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("sqlmem: " + mistake.getMessage());
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /** A command that could not do its work. */
    static int execution(Exception failure, CommandLine command, Environment environment) {
        PrintWriter err = command.getErr();
        err.println("sqlmem: " + failure.getMessage());
        if (isDebug(environment.variables())) {
            failure.printStackTrace(err);
        }
        return failure instanceof ConfigurationException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isDebug(Map<String, String> variables) {
        return "true".equalsIgnoreCase(variables.get(Flag.DEBUG.variable()));
    }
}
